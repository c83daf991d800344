"""Sockets and HTTP, seats and tickets: sees frames, never state; imports only room and wire."""
