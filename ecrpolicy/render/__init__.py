"""Previews and explanations written out, one format a module."""
