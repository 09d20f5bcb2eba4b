"""What policies, settings and clients of Amazon ECR are tested with; needs the extra `testing`."""
