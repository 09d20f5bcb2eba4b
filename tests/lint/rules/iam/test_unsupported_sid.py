"""Characters that no statement id has."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import document, statement
from tests.lint.tables import Case, allow, fixed, grant, message, passes, problems, table, trips

RULE = "unsupported-sid"


def named(*sids: Any) -> dict[str, Any]:
    return document(*(statement(Sid=sid, Resource="*") for sid in sids))


@table(
    trips("a hyphen", named("One", "allow-login"), "/Statement/1/Sid"),
    trips("a space", named("allow login"), "/Statement/0/Sid"),
    trips("a letter beyond ASCII", named("Zugriff\u00fc"), "/Statement/0/Sid"),
    trips("a variable", named("${aws:username}"), "/Statement/0/Sid"),
    trips("in an SCP", named("a-b"), "/Statement/0/Sid", kind=Kind.SCP),
    trips("in an RCP", named("a_b"), "/Statement/0/Sid", kind=Kind.RCP),
    passes("letters and digits", named("AllowLogin2")),
    passes("empty", named("")),
    passes("a number", named(1)),
    passes("unknown", named(UNKNOWN)),
    passes("none", allow()),
    passes("in a repository policy", grant(Sid="allow pull"), kind=Kind.REPOSITORY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, named("allow-login")) == (
        "the statement id `allow-login` has other characters than letters and digits; "
        "leave them out"
    )


def test_fix() -> None:
    assert fixed(RULE, named("allow-login", "a b")) == named("allowlogin", "ab")


def test_no_fix_makes_two_names_alike() -> None:
    for sids in (("a-b", "ab"), ("a-b", "a.b"), ("-",)):
        assert [each.fix for each in problems(RULE, named(*sids)) if each.fix] == []
    assert problems(RULE, {"Statement": [*named("a-b")["Statement"], UNKNOWN]})[0].fix == ()
