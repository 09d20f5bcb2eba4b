"""The hooks of pre-commit, run by pre-commit."""
