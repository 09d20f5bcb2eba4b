"""The registry API: OCI distribution 1.1, and Docker's v2 before it."""
