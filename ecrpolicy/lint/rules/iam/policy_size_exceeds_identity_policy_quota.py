"""A policy of an identity that is too long."""

from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import OF_IDENTITIES
from ecrpolicy.lint.rule import Rule
from ecrpolicy.lint.sizes import too_long

_NAMES: Final = ",\n              ".join(
    f'"arn:aws:ecr:*:*:repository/an-example-of-a-team/number-{number}"' for number in range(120)
)


RULE = Rule(
    name="policy-size-exceeds-identity-policy-quota",
    severity=Severity.WARNING,
    kinds=OF_IDENTITIES,
    check=too_long,
    summary="a policy of an identity is longer than IAM takes",
    what="""
        Finds identity-based policies and permissions boundaries of more than 6,144 characters,
        white space not counted, and session policies of more than 2,048.
        Nothing is said where the text is not known, as in a plan with unknown values.
        """,
    why="""
        IAM refuses a managed policy of that length, and STS such a session policy.
        It is a warning and no error because the policies that are written into a role may have
        10,240 characters together, and how a policy is attached does not stand in it.
        Patterns instead of long lists help in all cases, and so does a second policy.
        """,
    trips=f"""
        {{
          "Version": "2012-10-17",
          "Statement": {{
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": [
              {_NAMES}
            ]
          }}
        }}
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:*:*:repository/an-example-of-a-team/*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM and AWS STS quotas”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Policy "
        "size exceeds identity policy quota”",
    ),
)
