"""A KMS key that is no ARN of one."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import (
    KEY,
    template,
    templates,
)
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-malformed-kms-key"


@table(
    trips(
        "an alias",
        templates(template(encryptionConfiguration={"encryptionType": "KMS", "kmsKey": "alias/a"})),
        "/repositoryCreationTemplates/0/encryptionConfiguration/kmsKey",
    ),
    passes(
        "a key",
        templates(template(encryptionConfiguration={"encryptionType": "KMS", "kmsKey": KEY})),
    ),
    passes(
        "empty, which is the default",
        templates(template(encryptionConfiguration={"encryptionType": "KMS", "kmsKey": ""})),
    ),
    passes(
        "unknown",
        templates(template(encryptionConfiguration={"encryptionType": "KMS", "kmsKey": UNKNOWN})),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(
        RULE,
        templates(template(encryptionConfiguration={"encryptionType": "KMS", "kmsKey": "alias/a"})),
    ) == ("`alias/a` is no KMS key; give the ARN of the key")
