"""What makes this library trustworthy, for the policies of others: the harness for their tests."""
