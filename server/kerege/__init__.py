"""Kerege: live exercises in which each team sees only what it knows."""
