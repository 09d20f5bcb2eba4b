"""A service control policy that is too long."""

from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Rule
from ecrpolicy.lint.sizes import too_long

_NAMES: Final = ",\n              ".join(
    f'"arn:aws:ecr:*:*:repository/an-example-of-a-team/number-{number}"' for number in range(90)
)

RULE = Rule(
    name="policy-size-exceeds-scp-quota",
    severity=Severity.ERROR,
    kinds=(Kind.SCP,),
    check=too_long,
    summary="a service control policy has more than 5,120 characters",
    what="""
        Finds SCPs of more than 5,120 characters, white space among them: what the document has when
        it is sent.
        Nothing is said where the text is not known, as in a plan with unknown values.
        """,
    why="""
        AWS Organizations refuses it.
        White space counts, but for policies that are saved in the console, which leaves it out.
        Patterns instead of long lists help in all cases, and so does a second policy.
        """,
    trips=f"""
        {{
          "Version": "2012-10-17",
          "Statement": {{
            "Effect": "Deny",
            "Action": "ecr:DeleteRepository",
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
            "Effect": "Deny",
            "Action": "ecr:DeleteRepository",
            "Resource": "arn:aws:ecr:*:*:repository/an-example-of-a-team/*"
          }
        }
        """,
    references=(
        "AWS Organizations User Guide, “Quotas and service limits for AWS Organizations”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Po"
        "licy size exceeds SCP quota”",
    ),
)
