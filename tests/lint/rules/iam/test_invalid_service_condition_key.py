"""A condition key that its service does not have."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.facts import OWN, installed
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "invalid-service-condition-key"


KNOWN = installed()


def on(key: str) -> dict[str, Any]:
    return allow(Condition={"StringEquals": {key: "x"}})


def place(key: str) -> str:
    return f"/Statement/0/Condition/StringEquals/{key} (name)"


@table(
    trips("of Amazon ECR", on("ecr:RepositoryName"), place("ecr:RepositoryName")),
    trips("in capitals", on("ECR:Tag/team"), place("ECR:Tag~1team")),
    trips("of another service", on("s3:prefixes"), place("s3:prefixes"), facts=KNOWN),
    trips("of no service", on("erc:ResourceTag/a"), place("erc:ResourceTag~1a"), facts=KNOWN),
    passes("of another service, without the extra", on("s3:prefixes"), facts=OWN),
    passes("of no service, without the extra", on("erc:ResourceTag/a"), facts=OWN),
    passes("a key", on("ecr:resourcetag/team")),
    passes("a key of another service", on("S3:prefix"), facts=KNOWN),
    passes("a key whose name varies", on("kms:EncryptionContext:aws:s3:arn"), facts=KNOWN),
    passes("a key that another service has", on("ec2:osuser"), facts=KNOWN),
    passes("of all services", on("ec2:SourceInstanceARN"), facts=KNOWN),
    passes("of SAML", on("saml:aud"), facts=KNOWN),
    passes("of an identity provider", on("token.actions.githubusercontent.com:sub"), facts=KNOWN),
    passes("of a cluster", on("oidc.eks.us-east-1.amazonaws.com/id/A:sub"), facts=KNOWN),
    passes("no tag, which another rule tells", on("ecr:ResourceTag")),
    passes("which another rule tells", on("aws:Nothing"), facts=KNOWN),
    passes("no form, which another rule tells", on("ecr")),
    passes("unknown", allow(Condition={"StringEquals": UNKNOWN})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, on("ecr:ResourceTags/a")) == (
        "the service `ecr` has no condition key `ecr:ResourceTags/a`; write `ecr:ResourceTag/KEY`"
    )
    assert message(RULE, on("s3:prefixx"), facts=KNOWN) == (
        "the service `s3` has no condition key `s3:prefixx`; write `s3:prefix`"
    )
    assert message(RULE, on("erc:AccountSetting"), facts=KNOWN) == (
        "`erc` in the condition key `erc:AccountSetting` is no service; write `ecr:AccountSetting`"
    )
