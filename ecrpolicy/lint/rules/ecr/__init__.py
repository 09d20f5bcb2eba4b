"""What goes wrong in IAM-style policies about Amazon ECR."""
