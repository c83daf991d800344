"""What is remembered: memory and SQLite; later Redis."""
