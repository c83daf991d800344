"""Players for empty chairs: ordinary clients that import only wire and the condition evaluator."""
