"""What happens: state, knowledge, conditions, commands, events, and one pure step."""
