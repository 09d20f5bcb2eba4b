"""Content by digest: files that are written aside, synced, and moved into place."""
