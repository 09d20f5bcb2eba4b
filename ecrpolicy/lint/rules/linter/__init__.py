"""What is wrong with what silences other rules."""
