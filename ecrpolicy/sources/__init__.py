"""Where snapshots come from: files of the AWS CLI's output, and the service itself."""
