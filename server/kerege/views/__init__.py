"""Turns events into each viewer's frames; texts and offers; pure."""
