"""A push that is allowed in part."""

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.iam.operations import PUSH
from ecrpolicy.iam.wording import listed
from ecrpolicy.lint import Kind
from tests.iam.builders import document, statement
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "incomplete-push"
PLACE = "/Statement/0/Action"

ALL = [step.action for step in PUSH.steps][1:]
CHECK, INITIATE, UPLOAD, COMPLETE, PUT = ALL


@table(
    trips("no layer can be completed", grant(Action=[CHECK, INITIATE, UPLOAD, PUT]), PLACE),
    trips("no image can be put", grant(Action=[CHECK, INITIATE, UPLOAD, COMPLETE]), PLACE),
    trips("no layer can be looked for", grant(Action=[INITIATE, UPLOAD, COMPLETE, PUT]), PLACE),
    trips("by pattern", grant(Action=["ecr:*Layer*"]), PLACE),
    trips("images alone", grant(Action=PUT), PLACE),
    trips("of an identity", allow(Action=[UPLOAD]), PLACE, kind=Kind.IDENTITY),
    trips(
        "the rest is denied",
        document(statement(Action=ALL[:4]), statement("Deny", Action=PUT)),
        PLACE,
    ),
    passes("all of it", grant(Action=ALL)),
    passes("in two statements", document(statement(Action=ALL[:2]), statement(Action=ALL[2:]))),
    passes("everything", grant(Action="ecr:*")),
    passes("another tag", grant(Action=["ecr:BatchGetImage", PUT])),
    passes("what a pull asks for too", grant(Action=[CHECK, "ecr:BatchGetImage"])),
    passes("denied", grant(Effect="Deny", Action=[UPLOAD])),
    passes("all but deletion", grant(NotAction="ecr:BatchDeleteImage")),
    passes("an action is unknown", grant(Action=[CHECK, UPLOAD, UNKNOWN])),
    passes("a statement is unknown", {"Statement": [statement(Action=PUT), UNKNOWN]}),
    passes("in a limit", allow(Action=PUT), kind=Kind.BOUNDARY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


@pytest.mark.parametrize("missing", ALL)
def test_each_action_is_missed(missing: str) -> None:
    document = grant(Action=[action for action in ALL if action != missing])
    assert message(RULE, document) == (
        f"a push is allowed in part: `{missing}` is missing; add `{missing}`"
    )


def test_several_are_told_together() -> None:
    assert message(RULE, grant(Action=UPLOAD)) == (
        f"a push is allowed in part: {listed([CHECK, INITIATE, COMPLETE, PUT], 'and')} are "
        f"missing; add {listed([CHECK, INITIATE, COMPLETE, PUT], 'and')}"
    )
