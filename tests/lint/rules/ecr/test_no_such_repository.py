"""The ARN of a repository that cannot be called so."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "no-such-repository"
HEAD = "arn:aws:ecr:us-east-1:111122223333:repository/"


def about(*names: Any) -> dict[str, Any]:
    return allow(Resource=[each if each is UNKNOWN else HEAD + each for each in names])


@table(
    trips("a letter in upper case", about("team/App"), "/Statement/0/Resource/0+46"),
    trips("another character", about("web", "team app"), "/Statement/0/Resource/1+46"),
    trips("a slash too many", about("team//app"), "/Statement/0/Resource/0+46"),
    trips("one character", about("a"), "/Statement/0/Resource/0+46"),
    trips("in a pattern", about("Team/*"), "/Statement/0/Resource/0+46"),
    trips(
        "before a variable", about("Team/${aws:PrincipalTag/Team}"), "/Statement/0/Resource/0+46"
    ),
    trips("too long a pattern", about("a" * 257 + "*"), "/Statement/0/Resource/0+46"),
    trips("in NotResource", allow(NotResource=f"{HEAD}Team"), "/Statement/0/NotResource+46"),
    trips(
        "in a registry policy",
        grant(Resource=f"{HEAD}Team"),
        "/Statement/0/Resource+46",
        kind=Kind.REGISTRY,
    ),
    trips("beside what is unknown", about(UNKNOWN, "Team"), "/Statement/0/Resource/1+46"),
    passes("names", about("web", "team/web", "a.b_c-d/e", "*", "team/*", "te?m", "a" * 256)),
    passes("a variable", about("${aws:PrincipalTag/Team}", "team/${aws:username}")),
    passes("no name, which another rule tells", about("")),
    passes("a public one", allow(Resource="arn:aws:ecr-public::111122223333:repository/Team")),
    passes("a bucket", allow(Resource="arn:aws:s3:::repository/Team")),
    passes("unknown", about(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, about("Team")) == (
        "no repository can be called as in `arn:aws:ecr:us-east-1:111122223333:repository/Team`; "
        "use lower-case letters and digits, and single `.`, `_`, `-` or `/` within them"
    )
