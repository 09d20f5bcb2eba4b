"""What a case says where it is not as expected."""

import json
from pathlib import Path
from typing import Any

import pytest

from ecrpolicy.testing.cases import Mismatch, read_cases
from ecrpolicy.testing.cases.images import NOW
from ecrpolicy.testing.cases.summary import Failure, Summary
from tests.render import hostile
from tests.testing.documents import KEEP_ONE, access, lifecycle, source

FIRST, THIRD = ("sha256:" + f"{number:04x}" * 16 for number in (1, 3))


def check(value: dict[str, Any]) -> Mismatch | None:
    (case,) = read_cases(source(value))
    return case.check()


def lines(value: dict[str, Any]) -> list[str]:
    mismatch = check(value)
    assert mismatch is not None
    return list(mismatch.lines)


def differing(**expected: Any) -> list[str]:
    """What is expected and found of each image that is not as expected."""
    return [
        line
        for line in lines(lifecycle(expected=expected))
        if line.startswith(("- ", "+ ", "sha256:"))
    ]


RESULTS = [
    {"imageDigest": THIRD, "action": "EXPIRE", "appliedRulePriority": 2},
    {"imageDigest": FIRST, "action": "EXPIRE", "appliedRulePriority": 1},
]


@pytest.mark.parametrize(
    "expected",
    [
        {"expires": ["prod-1", "#3"]},
        {"expires": [FIRST, THIRD[:20]], "archives": []},
        {"keeps": ["dev"]},
        {"keeps": ["prod-2", "#4"]},
        {"results": RESULTS},
        {"results": [{**RESULTS[0], "imageDigest": "#3"}, {**RESULTS[1], "imageDigest": "prod-1"}]},
    ],
)
def test_what_is_so_is_as_expected(expected: dict[str, Any]) -> None:
    assert check(lifecycle(expected=expected)) is None


def test_all_that_goes_must_be_expected() -> None:
    assert differing(expires=["#3"]) == [FIRST, "- does not expire", "+ goes: rule 1 expires it"]
    assert differing(expires=["prod-*", "#3"]) == [
        "sha256:" + "0002" * 16,
        "- expires",
        "+ stays: rule 1 owns it and lets it be",
    ]
    assert differing(archives=["dev"])[1:] == [
        "- is archived",
        "+ stays: no rule identifies it",
    ]
    assert differing(keeps=["prod-*"]) == [FIRST, "- stays", "+ goes: rule 1 expires it"]


def test_archiving_is_not_expiring() -> None:
    archive = {"type": "transition", "targetStorageClass": "archive"}
    policy = {"rules": [{**KEEP_ONE["rules"][0], "action": archive}]}
    assert check(lifecycle(policy=policy, expected={"archives": ["prod-1"], "expires": []})) is None
    told = lines(lifecycle(policy=policy, expected={"archives": [], "keeps": ["dev"]}))
    assert told[4:6] == ["- is not archived", "+ goes: rule 1 archives it"]


def test_results_are_compared_in_full() -> None:
    assert differing(results=RESULTS[1:]) == [THIRD, "- stays", "+ goes: rule 2 expires it"]
    other = [RESULTS[0], {**RESULTS[1], "appliedRulePriority": 2, "cascade": True}]
    assert differing(results=other) == [
        FIRST,
        "- expires under rule 2, with its subject",
        "+ goes: rule 1 expires it",
    ]
    assert lines(lifecycle(expected={"results": RESULTS[::-1]})) == [
        "the results are in another order, older first",
        f"- prod-1, {THIRD[:19]}",
        f"+ {THIRD[:19]}, prod-1",
    ]


def test_of_many_images_the_first_are_told() -> None:
    images = [f"prod-{number} @ {number}d" for number in range(1, 14)]
    told = lines(lifecycle(images=images, expected={"expires": []}))
    assert told[0] == "12 of 13 images are not as expected at 2026-01-31T00:00:00Z"
    assert sum(line.startswith("- ") for line in told) == 10
    assert told[-1] == "and 2 more"


def test_children_and_referrers_are_named() -> None:
    images = ["index @ 30d index", "untagged @ 20d", "untagged @ 19d", "untagged @ 1d subject #3"]
    case = lifecycle(images=images, manifests={"index": ["#2", "sha256:" + "f" * 64]})
    assert check({**case, "expected": {"expires": ["#3", "#4"], "keeps": ["#2"]}}) is None
    results = [
        {"imageDigest": "#3", "action": "EXPIRE", "appliedRulePriority": 2},
        {"imageDigest": "#4", "action": "EXPIRE", "appliedRulePriority": 2, "cascade": True},
    ]
    assert check({**case, "expected": {"results": results}}) is None


def test_a_snapshot_tells_images_policy_and_time(tmp_path: Path) -> None:
    image = {"imageDigest": FIRST, "imageTags": ["prod-1"], "imagePushedAt": "2026-01-01T00:00:00Z"}
    printed = {
        "imageDetails": [image, {**image, "imageDigest": THIRD, "imageTags": []}],
        "lifecyclePolicyText": json.dumps(KEEP_ONE),
        "takenAt": "2026-01-10T00:00:00Z",
    }
    (tmp_path / "s.json").write_text(json.dumps(printed))
    file = str(tmp_path / "c.ecrpolicy.json")
    for now, expected in (({}, []), ({"now": "2026-01-16T00:00:01Z"}, ["#2"])):
        case = {"snapshot": "s.json", **now, "expected": {"expires": expected}}
        (read,) = read_cases(source(case, file))
        assert read.check() is None
    (read,) = read_cases(source({**case, "snapshot": ["s.json"]}, file))
    assert read.check() is None


def test_ages_need_no_time() -> None:
    assert NOW.isoformat() == "2026-01-31T00:00:00+00:00"
    assert check(lifecycle(now=0)) is None


def test_an_answer_is_compared() -> None:
    for effect, allowed in (
        ("ALLOW", "ecr:*"),
        ("DENY", "s3:*"),
        ("IMPLICIT_DENY", "s3:*"),
    ):
        assert check(access(effect, allowed)) is None
    told = lines(access("DENY"))
    assert told[0] == "- DENY"
    assert told[1].startswith("+ ALLOW: User: arn:aws:iam::111122223333:user/alice is authorized")
    assert "    statement 1: matches and allows" in told
    assert check(access("EXPLICIT_DENY", "s3:*")) is not None


def test_a_policy_may_be_expected_to_be_refused() -> None:
    broken = {"identity": [{"Statement": 1}]}
    for expected in ({"refused": True}, {"refused": True, "effect": "ALLOW"}):
        assert check(access(policies=broken, expected=expected)) is None
        told = lines(access(expected=expected))
        assert told[0] == "- REFUSED"
        assert told[1].startswith("+ ALLOW: ")


def refusal(*problems: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"policy": {"rules": []}, "padTo": 100, "problems": list(problems), **members}


# What the service says of an object without rules.
MISSING = 'object has missing required properties (["rules"])'


def test_problems_are_compared_by_their_places() -> None:
    assert check(refusal({"pointer": "/rules"})) is None
    assert check(refusal(policy=KEEP_ONE)) is None
    (line,) = lines(refusal())
    assert line.startswith("+ at `/rules`: ")
    assert lines(refusal({"pointer": ""}, policy=KEEP_ONE)) == [
        "- the whole: is refused",
        "+ the policy is accepted",
    ]


def test_the_text_of_the_service_is_compared() -> None:
    def told(text: str, **members: bool) -> dict[str, Any]:
        return refusal({"pointer": "", "serviceText": text, **members}, policy={})

    assert check(told(MISSING)) is None
    assert check(told("object has missing", serviceTextIsPrefix=True)) is None
    first, second = lines(told("object has missing"))
    assert first == "- the whole: the service says `object has missing`"
    assert second.endswith(f"; the service says `{MISSING}`")
    assert lines(told("missing", serviceTextIsPrefix=True))[0] == (
        "- the whole: the service begins `missing`"
    )


def test_texts_and_other_kinds_are_judged() -> None:
    assert check({"text": "{", "problems": [{"pointer": ""}]}) is None
    long = {"policy": KEEP_ONE, "padTo": 30721, "problems": [{"pointer": ""}]}
    assert check(long) is None
    assert check({**long, "padTo": 30720, "problems": []}) is None
    identity = {"kind": "identity", "policy": {"Statement": 1}}
    assert check({**identity, "problems": [{"pointer": "/Statement"}]}) is None
    assert check({**identity, "problems": []}) is not None


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_names_steer_no_terminal(name: str) -> None:
    images = [
        {"imageDigest": FIRST, "imageTags": [name], "imagePushedAt": "2026-01-01T00:00:00Z"},
        {"imageDigest": THIRD, "imageTags": [f"x{name}"], "imagePushedAt": "2026-01-02T00:00:00Z"},
    ]
    limit = {"countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14}
    selection = {"tagStatus": "any", **limit}
    rule = {
        "rulePriority": 2,
        "description": name,
        "selection": selection,
        "action": {"type": "expire"},
    }
    goes = {"action": "EXPIRE", "appliedRulePriority": 2}
    results = [{"imageDigest": digest, **goes} for digest in (THIRD, FIRST)]
    made = {"policy": {"rules": [rule]}, "images": images, "now": "2026-02-01T00:00:00Z"}
    broken = {"Version": "2012-10-17", "Statement": {name: name}}
    for each in (
        {**made, "expected": {"keeps": ["#1"]}},
        {**made, "expected": {"results": results}},
        {"kind": "identity", "policy": broken, "problems": [{"pointer": "", "serviceText": name}]},
        access(policies={"identity": [broken]}, expected={"refused": True}),
        access("DENY"),
    ):
        (case,) = read_cases(source({**each, "name": name}))
        mismatch = case.check()
        failures = (Failure(name, name, mismatch),) if mismatch else ()
        told = f"{Summary(1, failures).text()}\n{case.explain()}"
        assert all(line.isprintable() for line in told.split("\n")), told


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (lifecycle(), "goes: rule 2 expires it"),
        (access(), "    statement 1: matches and allows"),
        (
            access(policies={"identity": [{"Statement": 1}]}, expected={"refused": True}),
            "a policy is refused",
        ),
        (refusal(policy=KEEP_ONE), "the policy is accepted"),
    ],
)
def test_what_is_found_is_explained(value: dict[str, Any], line: str) -> None:
    (case,) = read_cases(source(value))
    assert line in case.explain().splitlines()
