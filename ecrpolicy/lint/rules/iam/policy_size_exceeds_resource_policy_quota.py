"""A policy of a resource that is too long."""

from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import OF_RESOURCES, Kind
from ecrpolicy.lint.rule import Rule
from ecrpolicy.lint.sizes import too_long

_NAMES: Final = ",\n                ".join(
    f'"arn:aws:iam::111122223333:role/an-example-of-a-team/number-{number}"'
    for number in range(160)
)


RULE = Rule(
    name="policy-size-exceeds-resource-policy-quota",
    severity=Severity.ERROR,
    kinds=(*OF_RESOURCES, Kind.ENDPOINT),
    check=too_long,
    summary="a policy of a resource is longer than the service takes",
    what="""
        Finds repository and registry policies of more than 10,240 characters, endpoint policies of
        more than 20,480, and policies of other resources of more than 102,400, which no service
        takes; white space counts.
        Nothing is said where the text is not known, as in a plan with unknown values.
        """,
    why="""
        The service refuses it; IAM Access Analyzer has it as a warning.
        An organization in a condition on `aws:PrincipalOrgID` says in one line what a list of
        accounts says in hundreds.
        """,
    trips=f"""
        {{
          "Version": "2012-10-17",
          "Statement": {{
            "Effect": "Allow",
            "Principal": {{
              "AWS": [
                {_NAMES}
              ]
            }},
            "Action": "ecr:BatchGetImage"
          }}
        }}
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:BatchGetImage",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    references=(
        "Amazon ECR API Reference, “SetRepositoryPolicy”",
        "Amazon ECR API Reference, “PutRegistryPolicy”",
        "AWS PrivateLink Guide, “AWS PrivateLink quotas”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Policy "
        "size exceeds resource policy quota”",
    ),
)
