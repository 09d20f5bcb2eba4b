"""What pushes, pulls and deletions do, whichever API they come from."""
