"""Checks that AWS publishes of IAM-style policies, under the names that AWS gives them."""
