"""Cases that pin what comes out today."""

from pathlib import Path
from typing import Any

from ecrpolicy import lifecycle
from ecrpolicy.testing.cases import LifecycleCase, read_cases, record
from tests.testing import documents
from tests.testing.documents import KEEP_ONE, source

IMAGES = [
    "prod-1, latest @ 10d pulled 2d size 50MB",
    "prod-2 @ 3d index",
    "untagged @ 20d",
    "dev @ 400d archived 95d",
    "old @ 400d archived 95d restored 2d",
    "back @ 4d activating",
    "untagged @ 2d subject #3",
    "untagged @ 40d",
]


def recorded(policy: Any, **members: Any) -> dict[str, Any]:
    (case,) = read_cases(source(documents.lifecycle(images=IMAGES, expected={"keeps": []})))
    assert isinstance(case, LifecycleCase)
    return record.of_preview(case.preview(), policy)


def test_what_is_recorded_is_as_expected_and_all_of_it() -> None:
    made = recorded(KEEP_ONE)
    (case,) = read_cases(source(made))
    assert isinstance(case, LifecycleCase)
    assert case.check() is None
    (before,) = read_cases(source(documents.lifecycle(images=IMAGES, expected={"keeps": []})))
    assert isinstance(before, LifecycleCase)
    assert case.repository.images == before.repository.images
    assert case.now == before.now
    assert made["now"] == "2026-01-31T00:00:00+00:00"
    assert "manifests" not in made


def test_results_are_told_in_full() -> None:
    eighth, third, seventh, first = ("sha256:" + f"{n:04x}" * 16 for n in (8, 3, 7, 1))
    expire = {"action": "EXPIRE", "appliedRulePriority": 2, "cannotTell": True}
    assert recorded(KEEP_ONE)["expected"]["results"] == [
        {"imageDigest": eighth, **expire},
        {"imageDigest": third, **expire},
        {"imageDigest": first, "action": "EXPIRE", "appliedRulePriority": 1},
        {"imageDigest": seventh, **expire, "cascade": True},
    ]


def test_known_children_are_recorded() -> None:
    value = documents.lifecycle(images=IMAGES, manifests={"prod-2": ["#3"]}, expected={"keeps": []})
    (case,) = read_cases(source(value))
    assert isinstance(case, LifecycleCase)
    made = record.of_preview(case.preview(), KEEP_ONE)
    second, third = ("sha256:" + f"{n:04x}" * 16 for n in (2, 3))
    assert made["manifests"] == {second: [third]}
    (again,) = read_cases(source(made))
    assert again.check() is None


def test_paths_lead_from_the_new_folder() -> None:
    arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
    before = [{"Statement": []}, "p.json", ["../q.json"], arn, "{}", "%7B%7D"]
    after = record.rebased(before, Path("a/b"), Path("a/c/d"))
    assert after == [{"Statement": []}, "../../b/p.json", ["../../q.json"], arn, "{}", "%7B%7D"]


def test_the_policy_may_be_changed_later(tmp_path: Path) -> None:
    made = recorded("policy.json")
    text = lifecycle.parse({"rules": KEEP_ONE["rules"][1:]}).model_dump_json(
        by_alias=True, exclude_none=True
    )
    (tmp_path / "policy.json").write_text(text)
    (case,) = read_cases(source(made, str(tmp_path / "c.ecrpolicy.json")))
    mismatch = case.check()
    assert mismatch is not None
    assert mismatch.lines[4:6] == ("- expires under rule 1", "+ stays: no rule identifies it")
