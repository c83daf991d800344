"""A pack's YAML to rules: read, check, compile, explain problems with file, line and column."""
