"""A leaf: messages, codec, session without a socket, schema; imports nothing of ours."""
