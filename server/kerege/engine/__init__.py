"""What happens: state, knowledge, conditions, commands, events, decide, evolve, react, step; pure."""
