"""Content by digest: written aside, synced, renamed."""
