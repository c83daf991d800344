"""Exercises in virtual time: whole rehearsals with stand-ins and a scripted director, and the plays beside a pack."""
