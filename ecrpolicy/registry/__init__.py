"""A registry service around the library: Amazon ECR's API and the registry API of the OCI.

Every decision is the library's: who may do what, whether a tag may move, what a lifecycle policy
would expire. The service reads requests, builds snapshots, asks, stores, and answers.
"""
