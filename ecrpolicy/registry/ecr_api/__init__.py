"""The JSON API of Amazon ECR."""
