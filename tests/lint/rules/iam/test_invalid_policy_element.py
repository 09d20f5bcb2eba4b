"""An element that no policy has."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, fixed, grant, message, passes, problems, table, trips

RULE = "invalid-policy-element"


@table(
    trips("of a policy", {**allow(), "Name": "x"}, "/Name (name)"),
    trips("of a statement", allow(Comment="x"), "/Statement/0/Comment (name)"),
    trips("in lower case", {**allow(), "version": "x"}, "/version (name)"),
    trips("in a repository policy", grant(Actions=UNKNOWN), "/Statement/0/Actions (name)"),
    trips("of the other", {**allow(), "Effect": "Allow"}, "/Effect (name)"),
    passes("all of a policy", {**allow(), "Id": "x"}),
    passes("all of a statement", grant(Sid="x", NotResource="*", Condition={}), kind=Kind.REGISTRY),
    passes("names in a condition", allow(Condition={"Comment": {}})),
    passes("unknown", {"Statement": [UNKNOWN]}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Actions="x")) == (
        "no element is called `Actions`; write `Action`, or delete it"
    )
    assert message(RULE, allow(Comment="x")) == "no element is called `Comment`; delete it"


def test_fix() -> None:
    assert fixed(RULE, {"version": "2012-10-17", "Statement": [{"effect": "Allow"}]}) == {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow"}],
    }


def test_no_fix_is_a_guess() -> None:
    for made in (allow(Actions="x"), allow(action="ecr:*"), {"version": "", "VERSION": ""}):
        assert not any(each.fix for each in problems(RULE, made))
