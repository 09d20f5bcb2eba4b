"""Files of cases: which cases there are, and where what is wrong stands."""

import json
from pathlib import Path
from typing import Any

import pytest

from ecrpolicy.errors import EcrPolicyError, InvalidPolicy
from ecrpolicy.finding import Finding
from ecrpolicy.lifecycle import parse
from ecrpolicy.testing.cases import AccessCase, LifecycleCase, RefusalCase, find_cases, read_cases
from tests.testing.documents import ALICE, KEEP_ONE, access, lifecycle, source

AWS, OURS = "arn:aws:iam::aws:policy", "arn:aws:iam::111122223333:policy"


def complaints(value: object, file: str = "c.ecrpolicy.json") -> tuple[Finding, ...]:
    with pytest.raises(EcrPolicyError) as raised:
        read_cases(source(value, file))
    return raised.value.findings


def complaint(value: object, file: str = "c.ecrpolicy.json") -> str:
    (finding,) = complaints(value, file)
    return str(finding)


def test_the_members_tell_the_kind() -> None:
    refusal = {"policy": {}, "problems": [{"pointer": ""}]}
    kinds = [type(case) for case in read_cases(source([lifecycle(), access(), refusal]))]
    assert kinds == [LifecycleCase, AccessCase, RefusalCase]


def test_a_file_is_one_case_or_many() -> None:
    one, two = access(name="a"), access()
    for value, file, names in (
        (one, "c.ecrpolicy.json", ["a"]),
        (two, "web.ecrpolicy.json", ["web"]),
        ([one, two], "c.json", ["a", "case 2"]),
        ({"$schema": "x", "about": "both", "cases": [one, two]}, "c.json", ["a", "case 2"]),
        (f"\n{json.dumps(one)}\n\n{json.dumps(two)}\n", "c.jsonl", ["a", "case 2"]),
        (f"{json.dumps(one)}\n{json.dumps(two)}", "standard input", ["a", "case 2"]),
        (f"{json.dumps(one)}\n\n", "one.json", ["a"]),
        ([], "c.json", []),
        ("\n", "c.jsonl", []),
    ):
        assert [case.name for case in find_cases(source(value, file))] == names
    assert [case.name for case in read_cases(source([one, two]), named="a")] == ["a"]


def test_named_policies_are_read_once() -> None:
    named = {"all": access()["policies"]["identity"][0]}
    cases = [access(policies={"identity": [{"$ref": "all"}] * number}) for number in (1, 2)]
    first, second = read_cases(source({"policies": named, "cases": cases}))
    assert isinstance(first, AccessCase)
    assert isinstance(second, AccessCase)
    assert first.case.policies is not None
    assert second.case.policies is not None
    (only,) = first.case.policies.identity
    assert all(each is only for each in second.case.policies.identity)


def test_a_policy_may_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text(json.dumps(access()["policies"]["identity"][0]))
    (tmp_path / "lifecycle.json").write_text(json.dumps(KEEP_ONE))
    (tmp_path / "broken.json").write_text('{"Version": "2012-10-17",\n "Statement": 1}')
    file = str(tmp_path / "c.ecrpolicy.json")
    cases = [
        access(policies={"identity": ["policy.json"]}),
        access(policies={"identity": [{"$ref": "mine"}]}),
        lifecycle(policy="lifecycle.json"),
    ]
    several = {"policies": {"mine": "policy.json"}, "cases": cases}
    assert [case.check() for case in read_cases(source(several, file))] == [None] * 3
    broken = complaint(access(policies={"identity": ["broken.json"]}), file)
    assert broken.startswith(f"{tmp_path / 'broken.json'}:2:")


DETAILS = {"imageDigest": "sha256:" + "a" * 64, "imagePushedAt": 1767000000}
RESULT = {"imageDigest": "#1", "action": "EXPIRE", "appliedRulePriority": 1}


def request(**members: object) -> dict[str, Any]:
    return access(request={**access()["request"], **members})


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (f"{AWS}/ReadOnlyAccess", f"the package does not hold the managed policy `{AWS}/Read"),
        (f"{OURS}/pull", f"`{OURS}/pull` is not managed by AWS: its text is not known here"),
        (1, "expected a policy: an object, or its text"),
    ],
)
def test_a_policy_that_nobody_knows_is_not_one_that_is_refused(policy: Any, said: str) -> None:
    given = access(policies={"identity": [policy]}, expected={"refused": True})
    told = complaint(given)
    assert f": {said}" in told
    assert told.endswith("(at `/policies/identity/0`)")


def test_a_policy_that_an_arn_cannot_name_is_not_one_that_is_refused() -> None:
    given = access(policies={"scps": [[f"{AWS}/x"]]}, expected={"refused": True})
    assert "a policy of kind `scp` cannot be named by an ARN" in complaint(given)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "1:1: the text is empty"),
        ("{", "1:2: "),
        ('{"cases": [],\n "cases": []}', "2:2: the member `cases` stands twice"),
        ("1", "1:1: nothing here tells of cases"),
        ("{}", "1:1: nothing is expected"),
        ('{"cases": {}}', "1:11: expected a list of cases"),
        ('{"cases": [\n 1]}', "2:2: expected a case: an object"),
        ('{"cases": [], "policy": 1}', "the member `policy` is not known beside `cases`"),
        (access(None), "1:1: nothing is expected"),
        (access(expectd=1), "(at `/expectd`)"),
        (access(policies={"identity": [{"$ref": "x"}]}), "no policy is called `x`"),
        (access(policies={"identity": ["x.json"]}), "`x.json` cannot be read: No such file"),
        (access(policies={"identity": ["a\0b"]}), "`a\\x00b` cannot be read"),
        (access(expected={}), "nothing is expected: give an `effect`, or `refused`"),
        (access(expected={"effect": "NO"}), "(at `/expected/effect`)"),
        (lifecycle(manifest={}), "(at `/manifest`)"),
        (lifecycle(expected={}), "nothing is expected: give `expires`"),
        (lifecycle(expected={"keep": []}), "(at `/expected/keep`)"),
        (lifecycle(expected={"results": [], "keeps": []}), "`results` are everything"),
        (lifecycle(expected={"results": [{"imageDigest": "#1"}]}), "(at `/expected/results/0`)"),
        (lifecycle(expected={"expires": ["prod-3"]}), "no image is called `prod-3`"),
        (lifecycle(expected={"expires": ["#5"]}), "no image is called `#5`"),
        (lifecycle(expected={"expires": ["#0"]}), "no image is called `#0`"),
        (lifecycle(expected={"expires": ["#x"]}), "no image is called `#x`"),
        (lifecycle(expected={"expires": ["#9999999999"]}), "no image is called `#9999999999`"),
        (lifecycle(expected={"keeps": ["x*"]}), "no image is called `x*`"),
        (lifecycle(expected={"keeps": ["sha256:000"]}), "no image is called `sha256:000`"),
        (lifecycle(snapshot="x.json"), "either `images` or a `snapshot`"),
        (lifecycle(images=None), "either `images` or a `snapshot`"),
        (lifecycle(images=None, snapshot="x.json"), "`x.json` cannot be read"),
        (lifecycle(images=None, snapshot="x.json"), "(at `/snapshot`)"),
        (lifecycle(images=None, snapshot=["x.json"]), "(at `/snapshot/0`)"),
        (
            lifecycle(images=[5]),
            "expected an image: a line, or an object, found `5` (at `/images/0`)",
        ),
        (
            lifecycle(policy=1),
            "expected an object, or the path of a file, found `1` (at `/policy`)",
        ),
        (lifecycle(policy=[]), "(at `/policy`)"),
        (lifecycle(now=True), "expected a time, found `true` (at `/now`)"),
        (
            lifecycle(images=None, snapshot=[5]),
            "expected a path, or a list of paths, found `[5]` (at `/snapshot`)",
        ),
        (
            lifecycle(expected={"results": [{**RESULT, "appliedRulePriority": "1"}]}),
            'expected an integer, found `"1"` (at `/expected/results/0/appliedRulePriority`)',
        ),
        (
            request(action="PutImage"),
            "`PutImage` is no action; write `service:Name` (at `/request/a",
        ),
        (request(principal="bob"), "(at `/request/principal`)"),
        (request(principal=f"{ALICE[:13]}1:user/bob"), "(at `/request/principal`)"),
        (request(principal="arn:aws:iam::111122223333:group/a"), "(at `/request/principal`)"),
        (request(resource="web"), "(at `/request/resource`)"),
        (request(resource="arn:aws:ecr:us-east-1:1:repository/a"), "(at `/request/resource`)"),
        (
            request(resourceAccount="1"),
            "`1` is no account; give its twelve digits (at `/request/res",
        ),
        (request(role=ALICE), "is no ARN of a role (at `/request/role`)"),
        (
            request(user="x"),
            "`x` is no ARN; an ARN has six parts, with colons between (at `/reques",
        ),
        (request(context={"aws:a": None}), "(at `/request/context/aws:a`)"),
        (request(context={"aws:a": ["b", {}]}), "(at `/request/context/aws:a`)"),
        (request(context={"aws:a": "b", "AWS:a": "b"}), "(at `/request/context/AWS:a`)"),
        (lifecycle(images=["a @ 2026-01-01T00:00:00Z"]), "the member `now` is missing"),
        (lifecycle(now="yesterday"), "`yesterday` is no time"),
        (lifecycle(policy=None), "the member `policy` is missing"),
        (lifecycle(policy="x.json"), "`x.json` cannot be read"),
        (lifecycle(policy={"rules": []}), "(at `/policy/rules`)"),
        (lifecycle(manifests={"prod-1": ["prod-9"]}), "(at `/manifests/prod-1/0`)"),
        (lifecycle(manifests={"prod-9": []}), "no image is called `prod-9`"),
        (
            lifecycle(images=["a @ 1d subject b"], expected={"expires": []}),
            "no image is called `b`",
        ),
        (
            lifecycle(images=["a, b @ 2d", "c, b @ 1d"], expected={"expires": []}),
            "the image #1 has the tag `b` too; a tag is one image's alone: leave it to ",
        ),
        (
            lifecycle(
                images=["a, b @ 2d", {**DETAILS, "imageTags": ["b"]}],
                expected={"expires": []},
                now=1767225600,
            ),
            "the image #2 has the tag `b` too",
        ),
        (
            lifecycle(expected={"expires": ["prod-1", "#1"]}),
            "`#1` names what is named before it; delete it (at `/expected/expires/1`)",
        ),
        (lifecycle(expected={"keeps": ["prod-*", "prod-2"]}), "(at `/expected/keeps/1`)"),
        (
            lifecycle(expected={"expires": ["prod-1"], "keeps": ["dev", "prod-*"]}),
            "`prod-*` names an image that `expires` names; expect one thing of an image (at `/",
        ),
        (lifecycle(expected={"expires": ["dev"], "archives": ["#4"]}), "`#4` names an image that"),
        (
            lifecycle(expected={"results": [RESULT, {**RESULT, "imageDigest": "prod-1"}]}),
            "`prod-1` names what is named before it; delete it (at `/expected/results/1",
        ),
        (
            lifecycle(name=""),
            "the name is empty; give a name, or leave the member out (at `/name`)",
        ),
        (access(name=""), "the name is empty"),
        ({"problems": []}, "either `policy` or `text`"),
        ({"text": "", "policy": {}, "problems": []}, "either `policy` or `text`"),
        ({"text": "", "problems": [{}]}, "(at `/problems/0`)"),
        (
            {"text": "", "problems": [], "padTo": 10**11},
            "`100000000000` is no length to pad to: give 0 to 100,000 (at `/padTo`)",
        ),
        ({"text": "", "problems": [], "padTo": -5}, "`-5` is no length to pad to"),
        ({"text": "", "problems": [], "kind": "scanning"}, "`scanning` is no kind of policies"),
    ],
)
def test_what_cannot_be_used_is_told(value: object, said: str) -> None:
    told = [str(each) for each in complaints(value)]
    assert all(each.startswith("c.ecrpolicy.json:") for each in told), told
    assert [each for each in told if said in each] == told, told


def test_places_are_those_in_the_file() -> None:
    case = lifecycle(images=["prod-1 @ 10d", "prod-2 @ 3x"])
    text = json.dumps({"cases": [case]}, indent=1)
    line = next(n for n, each in enumerate(text.split("\n"), 1) if "3x" in each)
    assert complaint(text).startswith(f"c.ecrpolicy.json:{line}:15: `3x` is no time; ")
    escaped = text.replace("prod-2", "prod\\u002d2")
    assert complaint(escaped).startswith(f"c.ecrpolicy.json:{line}:5: `3x` is no time; ")


def test_places_on_lines_are_those_in_the_file() -> None:
    lines = [json.dumps(access()), "", json.dumps(access(None, policies={"identity": [{}]}))]
    (finding,) = complaints("\n".join(lines), "c.jsonl")
    assert (finding.location.line, finding.location.file) == (3, "c.jsonl")
    assert finding.location.pointer == "/policies/identity/0"
    assert complaint('{"request": 1}\n{', "c.jsonl").startswith("c.jsonl:2:2: ")
    bad = json.dumps(lifecycle(images=["a @ x"]))
    assert complaint(f"\n{bad}", "c.jsonl").startswith(f"c.jsonl:2:{bad.index('a @ x') + 5}: ")


def test_images_in_full_have_their_places() -> None:
    digest = "sha256:" + "a" * 64
    image = {"imageDigest": digest, "imagePushedAt": "2026-01-01T00:00:00Z"}
    for other, place in (
        ({"imageDigest": digest}, "/images/2"),
        ({**image, "imagePushedAt": "x"}, "/images/2/imagePushedAt"),
        (image, "/images/2/imageDigest"),
        ({**image, "imageDigest": "x"}, "/images/2/imageDigest"),
    ):
        images = [image, "a @ 1d", other]
        case = lifecycle(images=images, now="2026-01-31T00:00:00Z", expected={"keeps": ["a"]})
        assert complaint(case).endswith(f"(at `{place}`)")
    twice = lifecycle(images=["a @ 1d", f"b @ 1d digest sha256:{'0001' * 16}"])
    assert complaint(twice).endswith("(at `/images/1/imageDigest`)")


def test_a_complaint_about_one_case_hides_none_about_another() -> None:
    assert len(complaints([lifecycle(now="x"), access(), access(None)])) == 2


NO_RULES: dict[str, Any] = {"rules": []}


@pytest.mark.parametrize(
    ("value", "places"),
    [
        (lifecycle(images=["a @ 3x", 5], manifest={}), ["/images/1", "/manifest"]),
        (
            lifecycle(
                images=["a @ 3x", "b @ 1d", {"imageDigest": "x"}, "c @"],
                manifest={},
                policy=NO_RULES,
                now=1767225600,
            ),
            ["/manifest", "/images/2", "/images/0", "/images/3", "/policy/rules"],
        ),
        (
            lifecycle(
                images=["a @ 1d", "b @ 1d subject x", "c @ 1d subject y"],
                policy=NO_RULES,
                expected={"expires": ["a"]},
            ),
            ["/images/1", "/images/2", "/policy/rules"],
        ),
        (
            lifecycle(expected={"expires": ["a", "dev", "b"], "keeps": ["c"]}, policy=NO_RULES),
            ["/policy/rules", *(f"/expected/{at}" for at in ("expires/0", "expires/2", "keeps/0"))],
        ),
        (
            lifecycle(manifests={"x": ["y", "dev"], "dev": ["z"]}),
            ["/manifests/x", "/manifests/x/0", "/manifests/dev/0"],
        ),
        (
            lifecycle(
                expected={"results": [{**RESULT, "imageDigest": each} for each in ("x", "#1", "y")]}
            ),
            [f"/expected/results/{number}/imageDigest" for number in (0, 2)],
        ),
        ({"images": ["a @ 1x"], "expected": {"keep": []}}, ["/expected/keep", "/images/0"]),
    ],
)
def test_a_complaint_about_one_part_hides_none_about_another(
    value: object, places: list[str]
) -> None:
    assert [each.location.pointer for each in complaints(value)] == places


def test_complaints_that_are_left_out_are_counted() -> None:
    many = {"rules": [{"rulePriority": "x"}] * 400}
    with pytest.raises(InvalidPolicy) as alone:
        parse(many)
    with pytest.raises(EcrPolicyError) as raised:
        read_cases(source([lifecycle(policy=many, name=name) for name in "ab"]))
    assert len(raised.value.findings) == 2 * len(alone.value.findings)
    assert raised.value.left_out == 2 * alone.value.left_out > 0


def test_images_in_full_may_have_a_tag_twice() -> None:
    """A snapshot of two pages can, where a push came between them; patterns may overlap."""
    images = [{**DETAILS, "imageTags": ["b"]}, {**DETAILS, "imageDigest": f"sha256:{'b' * 64}"}]
    images[1]["imageTags"] = ["b"]
    expected = {"keeps": ["#1", "b*"]}
    assert read_cases(source(lifecycle(images=images, now=1767225600, expected=expected)))


def test_names_tell_cases_apart() -> None:
    told = complaint([access(name="a"), access(), access(name="a")])
    assert "2 cases are called `a`; names tell them apart (at `/2/name`)" in told


# YAML


YAML = """
about: Two cases.
cases:
  - name: keeps the youngest
    policy:
      rules:
        - rulePriority: 1
          selection: {tagStatus: any, countType: imageCountMoreThan, countNumber: 1}
          action: {type: expire}
    images:
      - b @ 1d
      - a @ 2d
    now: 2026-01-31T00:00:00Z
    expected:
      expires: [a]
"""


def test_yaml_says_the_same() -> None:
    (case,) = read_cases(source(YAML, "c.yaml"))
    assert case.name == "keeps the youngest"
    assert case.check() is None


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("expires", "expired", "c.yaml:15:16: "),
        ("a @ 2d", "a @ 2y", "c.yaml:12:13: `2y` is no time"),
        ("[a]", "[c]", "c.yaml:15:17: no image is called `c`"),
        ("countNumber: 1", "countNumber: 0", "c.yaml:8:83: "),
        ("type: expire}", "type: expire", "c.yaml:10:11: the text is not YAML"),
        ("[a]", "!Ref a", "c.yaml:15:16: tags and merge keys mean nothing in a case"),
        ("now:", "name: x\n    now:", "c.yaml:13:5: the member `name` stands twice"),
        ("about: Two cases.", "---\na: 1\n---\n", "c.yaml:1:1: expected one document, found 2"),
    ],
)
def test_places_in_yaml_are_those_in_the_file(before: str, after: str, said: str) -> None:
    told = complaint(YAML.replace(before, after), "c.yaml")
    assert told.startswith(said), told
