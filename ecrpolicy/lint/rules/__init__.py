"""The rules, one file each, family by family."""
