"""What is found beside an unknown value is found whatever that turns out to be."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import document, lint
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind, Rule, Subject
from tests.iam.builders import document as policy
from tests.iam.builders import statement
from tests.lint.contexts import CONTEXTS
from tests.lint.rules.ecr.test_public_access import conditions
from tests.lint.tables import place
from tests.lint.test_rules import _paths, with_value
from tests.property.strategies import policies

FAMILIES = ("ecr", "lifecycle", "scanning", "replication", "caching")
RULES = [lint.find(name) for family in FAMILIES for name in lint.names(family)]

# These tell one thing once, at the first place that shows it: that may be another one then.
ONCE = {"cannot-log-in", "incomplete-push", "unsorted-priorities"}

ACTIONS = (
    *("ecr:*", "ecr:Put*", "ecr:PutImage", "ecr:UploadLayerPart", "ecr:BatchGetImage"),
    *("ecr:GetDownloadUrlForLayer", "ecr:SetRepositoryPolicy", "ecr:GetAuthorizationToken"),
)
PRINCIPALS: tuple[Any, ...] = ("*", {"AWS": "*"}, {"AWS": ["111122223333", "444455556666"]})

statements = st.builds(
    lambda effect, principal, actions, condition: statement(
        effect, Principal=principal, Action=actions, Condition=condition
    ),
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.sampled_from(PRINCIPALS),
    st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=3),
    conditions() | st.just({}),
)


def of_identity(one: dict[str, Any]) -> dict[str, Any]:
    return {**{name: each for name, each in one.items() if name != "Principal"}, "Resource": "*"}


examples = st.sampled_from(RULES).map(
    lambda rule: (document.read(rule.trips).value, rule.example_kind)
)
documents = (
    policies().map(lambda value: (value, Kind.LIFECYCLE))
    | st.lists(statements, min_size=1, max_size=3).map(lambda s: (policy(*s), Kind.REPOSITORY))
    | st.lists(statements.map(of_identity), min_size=1, max_size=3).map(
        lambda several: (policy(*several), Kind.IDENTITY)
    )
    | examples
)


def places(rule: Rule, value: Any, kind: Kind, context: dict[str, Any]) -> set[str]:
    return {place(each) for each in rule.problems(Subject(kind, value, **context))}


@given(documents, st.data(), st.sampled_from([{}, CONTEXTS["replication-not-permitted"]]))
def test_nothing_is_found_that_may_not_be_so(
    drawn: tuple[Any, Kind], data: st.DataObject, context: dict[str, Any]
) -> None:
    value, kind = drawn
    path = data.draw(st.sampled_from(list(_paths(value))))
    unknown = with_value(value, path, UNKNOWN)
    for rule in RULES:
        known_before = places(rule, value, kind, context)
        found = places(rule, unknown, kind, context)
        assert not found if not known_before else rule.name in ONCE or found <= known_before, (
            rule.name,
            path,
        )
