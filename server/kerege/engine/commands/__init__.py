"""What can be asked of a room, one file for each family of commands."""
