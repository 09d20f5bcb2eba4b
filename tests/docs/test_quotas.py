"""The page of the quotas has those of the library, with their values."""

import re

from ecrpolicy.quotas import QUOTAS, TAG_RESTRICTIONS, Quota
from ecrpolicy.settings import Settings, usage
from ecrpolicy.snapshot import Image, Registry, Repository
from tests.builders import NOW, digest
from tests.docs.examples import ROOT

PAGE = (ROOT / "docs" / "reference" / "quotas.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in re.findall(r"^\|.*\|$", PAGE, re.MULTILINE)
]

RULE = {"destinations": [{"region": "eu-west-1", "registryId": "444455556666"}]}

# A registry that uses something of everything that a snapshot tells.
BUSY = Registry(
    "111122223333",
    "us-east-1",
    repositories=(
        Repository("web", (Image(digest("a"), NOW, ("v1",)),), lifecycle_policy='{"rules": [1]}'),
    ),
    replication_configuration={"rules": [RULE]},
    pull_through_cache_rules=(),
)


def test_every_quota_has_a_row() -> None:
    head, _, *rows = ROWS[: len(QUOTAS) + 2]
    assert head == ["quota", "counts", "value", "in 2023", "can be raised", "measured"]
    measured = {each.quota.name for each in usage(Settings.of(BUSY)) if each.used is not None}
    assert rows == [_row(quota, is_measured=quota.name in measured) for quota in QUOTAS]


def test_every_limit_of_tags_has_a_row() -> None:
    head, _, *rows = ROWS[len(QUOTAS) + 2 :]
    assert head == ["limit", "counts", "value"]
    assert rows == [[each.name, each.unit, f"{each.value:,}"] for each in TAG_RESTRICTIONS]


def _row(quota: Quota, *, is_measured: bool) -> list[str]:
    changed = "" if quota.newer is None else f"{quota.guide:,}" if quota.guide else "–"
    return [
        quota.name,
        quota.unit,
        f"{quota.value:,}",
        changed,
        "yes" if quota.adjustable else "",
        "yes" if is_measured else "",
    ]
