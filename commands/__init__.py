"""The commands, one file a group. Data goes to stdout, progress and notes to stderr; only these print."""
