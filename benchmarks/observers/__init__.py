"""What slow and hostile peers cost a participant; `python -m benchmarks.observers`."""
