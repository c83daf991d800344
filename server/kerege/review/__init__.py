"""What the log tells: replay, who knew what when, measures, report."""
