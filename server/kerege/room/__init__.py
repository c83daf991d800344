"""One running exercise: order, time, commit, publish."""
