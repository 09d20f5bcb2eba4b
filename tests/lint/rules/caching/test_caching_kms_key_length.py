"""The ARN of a KMS key that is too long."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import template, templates
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-kms-key-length"

MOST = f"arn:aws:kms:us-east-1:111122223333:key/{'a' * 2009}"


def encrypted(key: object) -> dict[str, object]:
    """The templates of a registry that encrypt with a key."""
    return templates(template(encryptionConfiguration={"encryptionType": "KMS", "kmsKey": key}))


@table(
    trips(
        "2,049 characters",
        encrypted(MOST + "a"),
        "/repositoryCreationTemplates/0/encryptionConfiguration/kmsKey",
    ),
    passes("2,048 characters", encrypted(MOST)),
    passes("unknown", encrypted(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, encrypted(MOST + "a")) == (
        "the ARN of a key has 2048 characters at most, not 2049; shorten it"
    )
