"""The ARN of a KMS key that is too long."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-kms-key-length",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-kms-key-length"),
    summary="the ARN of a KMS key is longer than 2,048 characters",
    what="Finds a `kmsKey` of 2,049 characters or more.",
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "encryptionConfiguration": {
                "encryptionType": "KMS",
                "kmsKey": "arn:aws:kms:us-east-1:111122223333:key/LONG"
              }
            }
          ]
        }
        """.replace("LONG", "1234abcd-" * 224),
    passes="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "encryptionConfiguration": {
                "encryptionType": "KMS",
                "kmsKey":
                  "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
              }
            }
          ]
        }
        """,
    references=(
        "Amazon ECR API Reference, “EncryptionConfigurationForRepositoryCreationTemplate”",
    ),
)
