"""The tables of the tests of rules: documents that trip a rule, and near misses that do not.

    @table(
        trips("behind the service", allow(Action="ecr*:PutImage"), "/Statement/0/Action+3"),
        passes("it stands in the name", allow(Action="ecr:Put*")),
    )
    def test_places(case: Case) -> None:
        assert case.places("wildcard-in-service-name") == case.expected

A place is a JSON pointer; ` (name)` behind it says that it is the member's name, `+3` that it is
the fourth character of the string. Without `kind`, a document is of the kind of the rule's example.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest

from ecrpolicy import lint
from ecrpolicy.document import pointer
from ecrpolicy.lint import Kind, Problem, Rule, Subject
from ecrpolicy.lint.edit import edited
from tests.iam.builders import THERE, document, statement

Json = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A document, and where a rule must find something in it."""

    what: str
    document: Any
    expected: list[str]
    kind: Kind | None = None
    context: dict[str, Any] = field(default_factory=dict)

    def places(self, name: str) -> list[str]:
        """Where the rule does find something."""
        return [place(each) for each in self.problems(name)]

    def problems(self, name: str) -> list[Problem]:
        """What the rule does find."""
        return problems(name, self.document, self.kind, **self.context)


def trips(what: str, document: Any, *places: str, kind: Kind | None = None, **context: Any) -> Case:
    """A document that trips the rule at these places; `context` is what `Subject` takes besides."""
    assert places
    return Case(what, document, list(places), kind, context)


def passes(what: str, document: Any, *, kind: Kind | None = None, **context: Any) -> Case:
    """A document that does not."""
    return Case(what, document, [], kind, context)


def table(*cases: Case) -> pytest.MarkDecorator:
    """Runs a test for each of the cases."""
    return pytest.mark.parametrize("case", cases, ids=[case.what for case in cases])


def place(problem: Problem) -> str:
    """The place of a problem, as tables have it."""
    name = " (name)" if problem.at_name else ""
    offset = "" if problem.offset is None else f"+{problem.offset}"
    return pointer(*problem.path) + name + offset


def problems(name: str, value: Any, kind: Kind | None = None, **context: Any) -> list[Problem]:
    """What a rule finds in a document."""
    rule = lint.find(name)
    return list(rule.problems(Subject(kind or rule.example_kind, value, **context)))


def message(name: str, value: Any, kind: Kind | None = None, **context: Any) -> str:
    """Message and help of the only problem that a rule finds in a document."""
    [found] = problems(name, value, kind, **context)
    return f"{found.message}; {found.help}" if found.help else found.message


def fixed(name: str, value: Any, kind: Kind | None = None, **context: Any) -> Any:
    """The document with the fixes of a rule made, after which it finds nothing."""
    made = edited(
        value, (edit for each in problems(name, value, kind, **context) for edit in each.fix)
    )
    assert problems(name, made, kind, **context) == []
    return made


def allow(**elements: Any) -> Json:
    """A policy of one statement, which allows all of ECR everywhere unless it says otherwise."""
    return document(_everywhere("Allow", elements))


def deny(**elements: Any) -> Json:
    """A policy of one statement, which denies all of ECR everywhere unless it says otherwise."""
    return document(_everywhere("Deny", elements))


def grant(**elements: Any) -> Json:
    """A repository policy of one statement: another account may do all unless it says otherwise."""
    by_default = {} if "NotPrincipal" in elements else {"Principal": {"AWS": THERE}}
    return document(statement("Allow", **{**by_default, **elements}))


def _everywhere(effect: str, elements: Json) -> Json:
    by_default = {} if "NotResource" in elements else {"Resource": "*"}
    return statement(effect, **{**by_default, **elements})


def rules() -> list[Rule]:
    """All rules."""
    return [lint.find(name) for family in lint.FAMILIES for name in lint.names(family)]
