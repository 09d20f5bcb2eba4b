"""A KMS key that is no ARN of one."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-malformed-kms-key",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-malformed-kms-key"),
    summary="a KMS key is not the ARN of a key",
    what="""
        Finds a `kmsKey` that is not the ARN of a key: an alias, an id, or something else.
        """,
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "encryptionConfiguration": {
                "encryptionType": "KMS",
                "kmsKey": "alias/registry"
              }
            }
          ]
        }
        """,
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
    references=("Amazon ECR API Reference, “CreateRepositoryCreationTemplate”",),
)
