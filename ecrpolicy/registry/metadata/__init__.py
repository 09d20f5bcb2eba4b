"""The tables of the service, and its database."""
