"""A key for an encryption that takes none."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-kms-key-without-kms",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-kms-key-without-kms"),
    summary="a template has a KMS key, and encrypts without KMS",
    what="Finds a `kmsKey` beside an `encryptionType` other than `KMS` and `KMS_DSSE`.",
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "encryptionConfiguration": {
                "encryptionType": "AES256",
                "kmsKey":
                  "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
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
