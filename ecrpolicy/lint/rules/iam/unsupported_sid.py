"""Characters that no statement id has."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Replace
from ecrpolicy.lint.kind import OF_IDENTITIES, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("unsupported-sid")


def check(subject: Subject) -> Iterator[Problem]:
    told = list(_refused(subject))
    if not told:
        return
    policy = policy_of(subject)
    plain = {(*each.path, "Sid"): _plain(each.sid) for each in policy.statements if each.sid}
    times = Counter(plain.values())
    for problem in told:
        name = plain[problem.path]
        is_free = name and times[name] == 1 and policy.is_complete
        yield problem._replace(fix=(Replace(problem.path, name),)) if is_free else problem


def _plain(sid: str) -> str:
    return "".join(letter for letter in sid if letter.isascii() and letter.isalnum())


RULE = Rule(
    name="unsupported-sid",
    severity=Severity.ERROR,
    kinds=(*OF_IDENTITIES, Kind.SCP, Kind.RCP),
    check=check,
    summary="a statement id has other characters than letters and digits",
    what="""
        Finds `Sid` with anything but the letters A to Z and a to z and digits, in the kinds of
        policies that mind.
        Repository and registry policies take any characters.
        An empty `Sid` is no error; another rule tells it.
        """,
    why="""
        The policy is refused.
        The fix leaves those characters out, where something remains that no other statement is
        called; nothing depends on a `Sid`, so no decision changes.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Sid": "allow-login",
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Sid": "AllowLogin",
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Sid”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported Sid”",
    ),
)
