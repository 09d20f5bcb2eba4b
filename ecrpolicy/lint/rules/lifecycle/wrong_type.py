"""A value of another JSON type."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="wrong-type",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=refused("wrong-type"),
    summary="a value has the wrong JSON type",
    what="""
        Finds numbers and booleans where a string must stand, single values where a list must stand,
        and so on. `"10"`, `10.0` and `true` are no integers; one tag without brackets is no list.
        """,
    why="""
        The service refuses the policy. Such values come from templates that put quotes around
        everything, and from variables of another type than was thought.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": "14"
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    passes="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Lifecycle policy properties”",
        "Amazon ECR API Reference, “PutLifecyclePolicy”",
    ),
)
