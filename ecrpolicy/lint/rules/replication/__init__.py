"""Replication configurations of a registry."""
