"""Scanning configurations of a registry."""
