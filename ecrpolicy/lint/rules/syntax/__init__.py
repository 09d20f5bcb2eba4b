"""What keeps a text from being read at all."""
