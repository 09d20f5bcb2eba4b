"""Lifecycle policies: what the service refuses, and what does not do what it seems to."""
