"""An action that there is not."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-action"


KNOWN = installed()


@table(
    trips("no service", allow(Action="PutImage"), "/Statement/0/Action"),
    trips("no name", allow(Action=["ecr:*", "ecr:"]), "/Statement/0/Action/1"),
    trips("a space", allow(Action="ecr:Put Image"), "/Statement/0/Action"),
    trips("misspelled", allow(Action="ecr:PutImages"), "/Statement/0/Action"),
    trips("in NotAction", allow(NotAction=["ecr:PutImages"]), "/Statement/0/NotAction/0"),
    trips("a pattern that means none", allow(Action="ecr:Push*"), "/Statement/0/Action"),
    trips("of the other service", allow(Action="ecr:DescribeImageTags"), "/Statement/0/Action"),
    trips("of any service", allow(Action="s3:GetObjects"), "/Statement/0/Action", facts=KNOWN),
    trips(
        "in a repository policy",
        grant(Action="ecr:Pull"),
        "/Statement/0/Action",
        kind=Kind.REPOSITORY,
    ),
    passes("of any service, without the extra", allow(Action="s3:GetObjects"), facts=OWN),
    passes("an action", allow(Action=["ecr:PutImage", "s3:GetObject"]), facts=KNOWN),
    passes("in another case", allow(Action="ECR:putimage")),
    passes("patterns", allow(Action=["ecr:*", "ecr:Put*", "ecr:PutImag?"])),
    passes("all actions", allow(Action="*")),
    passes("no such service, which another rule tells", allow(Action="erc:PutImage"), facts=KNOWN),
    passes("a pattern of services, which another rule tells", allow(Action="ecr*:Pull")),
    passes("unknown", allow(Action=[UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, allow(Action="ecr:PutImages")) == (
        "`ecr:PutImages` is no action of Amazon Elastic Container Registry; write `ecr:PutImage`"
    )
    assert message(RULE, allow(Action="ecr:Zzzzzzzzzz*")) == (
        "`ecr:Zzzzzzzzzz*` means no action of Amazon Elastic Container Registry; look it up in the "
        "Service Authorization Reference"
    )
    for other in ("ecr:GetImage", "ecr:Nope"):
        assert message(RULE, allow(Action=other)) == (
            f"`{other}` is no action of Amazon Elastic Container Registry; look it up in the "
            "Service Authorization Reference"
        )
    assert message(RULE, allow(Action="ecr:putimages")).endswith("write `ecr:PutImage`")
    for text in ("ecrBatch", ""):
        assert message(RULE, allow(Action=text)) == (
            f"the action `{text}` names no service; write `service:Name`, or `*`"
        )
    assert message(RULE, allow(Action="PutImage")) == (
        "the action `PutImage` names no service; write `ecr:PutImage`, or `*`"
    )
