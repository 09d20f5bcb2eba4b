"""A key for an encryption that takes none."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    KEY,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-kms-key-without-kms"


@table(
    trips(
        "another type",
        templates(template(encryptionConfiguration={"encryptionType": "AES256", "kmsKey": KEY})),
        "/repositoryCreationTemplates/0/encryptionConfiguration/kmsKey",
    ),
    passes(
        "KMS",
        templates(template(encryptionConfiguration={"encryptionType": "KMS_DSSE", "kmsKey": KEY})),
    ),
    passes("no key", templates(template(encryptionConfiguration={"encryptionType": "AES256"}))),
    passes(
        "the type is unknown",
        templates(template(encryptionConfiguration={"encryptionType": UNKNOWN, "kmsKey": KEY})),
    ),
    passes(
        "the key is unknown",
        templates(
            template(encryptionConfiguration={"encryptionType": "AES256", "kmsKey": UNKNOWN})
        ),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE,
        templates(template(encryptionConfiguration={"encryptionType": "AES256", "kmsKey": KEY})),
    ) == (
        "a `kmsKey` goes with `encryptionType` `KMS` or `KMS_DSSE` alone; delete it, or "
        "change the type"
    )
