"""A resource in a repository policy."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import REPOSITORY
from tests.lint.tables import Case, fixed, grant, message, passes, problems, table, trips

RULE = "unsupported-resource"


@table(
    trips("everything", grant(Resource="*"), "/Statement/0/Resource (name)"),
    trips("in a list", grant(Resource=[REPOSITORY]), "/Statement/0/Resource (name)"),
    trips("negated", grant(NotResource="*"), "/Statement/0/NotResource (name)"),
    trips("unknown", grant(Resource=UNKNOWN), "/Statement/0/Resource (name)"),
    passes("none", grant()),
    passes("in a registry policy", grant(Resource="*"), kind=Kind.REGISTRY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Resource="*")) == (
        "a repository policy has no `Resource`: it is about its repository; delete it"
    )


def test_fix() -> None:
    assert fixed(RULE, grant(Resource="*")) == grant()
    assert fixed(RULE, grant(Resource=["*"])) == grant()


def test_what_may_have_been_meant_otherwise_is_not_fixed() -> None:
    for element in ({"Resource": REPOSITORY}, {"NotResource": "*"}, {"Resource": ["*", UNKNOWN]}):
        [found] = problems(RULE, grant(**element))
        assert found.fix == ()
