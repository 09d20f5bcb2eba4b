"""Input that cannot be used: clear lines that say what, where and what to do; exit code 2."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.documents import digest, image, listing, manifests, policy, policy_answer, rule
from tests.cli.running import Ended, Run

PREVIEW = ("preview", "policy.json", "--images", "images.json")

SERVICE = (
    "  the service would say: Invalid parameter at 'LifecyclePolicyText' failed to satisfy "
    "constraint: '"
)
NOT_MAPPED = (
    f"{SERVICE}Lifecycle policy parsing failure: Could not map policyString into LifecyclePolicy.'"
)

_LINE = re.compile(r"ecrpolicy: \S.*|  the service would say: .+")


def refused(ended: Ended) -> list[str]:
    """The lines that a refusal consists of."""
    assert ended.code == 2
    assert ended.out == ""
    lines = ended.err.splitlines()
    assert lines
    assert [line for line in lines if not _LINE.fullmatch(line)] == []
    assert lines[0].startswith("ecrpolicy: ")
    return lines


@pytest.fixture
def files(folder: Path) -> Path:
    """A policy and a listing that can be used; a test spoils one of them."""
    (folder / "policy.json").write_text(policy())
    (folder / "images.json").write_text(listing(image("a", "v1"), image("b", "v2")))
    return folder


def test_the_files_can_be_used_before_they_are_spoilt(files: Path, run: Run) -> None:
    assert run(*PREVIEW).code == 0


# Files


def test_a_file_that_is_not_there(files: Path, run: Run) -> None:
    words = ("preview", "polciy.json", "--images", "images.json")
    assert refused(run(*words)) == ["ecrpolicy: `polciy.json` is not there: check the path"]
    words = ("preview", "policy.json", "--images", "none/images.json")
    assert refused(run(*words)) == ["ecrpolicy: `none/images.json` is not there: check the path"]


def test_a_directory(files: Path, run: Run) -> None:
    (files / "folder").mkdir()
    said = ["ecrpolicy: `folder` is a directory: name a file in it"]
    assert refused(run("preview", "folder", "--images", "images.json")) == said
    assert refused(run("preview", "policy.json", "--images", "folder")) == said
    assert refused(run(*PREVIEW, "--manifests", "folder")) == said
    assert refused(run(*PREVIEW, "--against", "folder")) == said


def test_a_file_that_may_not_be_read(
    files: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def forbidden(path: Path) -> bytes:
        if path.name == "images.json":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert refused(run(*PREVIEW)) == [
        "ecrpolicy: `images.json` may not be read: check its permissions"
    ]


def test_a_file_behind_a_file(files: Path, run: Run) -> None:
    (line,) = refused(run("preview", "policy.json/x", "--images", "images.json"))
    assert line.startswith("ecrpolicy: `policy.json/x` cannot be read: ")


def test_a_file_name_that_no_system_takes(files: Path, run: Run) -> None:
    (line,) = refused(run("preview", "a\0b", "--images", "images.json"))
    assert line.startswith(r"ecrpolicy: `a\x00b` cannot be read: ")


@pytest.mark.parametrize(
    "words",
    [
        ("preview", "-", "--images", "-"),
        ("preview", "--images", "-", "--images", "-"),
        ("preview", "policy.json", "--images", "-", "--manifests", "-"),
        ("preview", "-", "--images", "images.json", "--against", "-"),
        ("preview", "policy.json", "--images", "-", "--against", "-"),
        ("explain", "-", "v1", "--images", "-"),
    ],
    ids=" ".join,
)
def test_standard_input_is_read_once(files: Path, run: Run, words: tuple[str, ...]) -> None:
    assert refused(run(*words, stdin=policy())) == [
        "ecrpolicy: standard input can be read once: give the other as a file"
    ]


def test_standard_input_is_called_by_its_name(files: Path, run: Run) -> None:
    words = ("preview", "policy.json", "--images", "-")
    assert refused(run(*words, stdin="")) == [
        "ecrpolicy: standard input:1:1: the text is empty; give a JSON document"
    ]


# One in place of the other


def test_a_policy_in_place_of_a_listing(files: Path, run: Run) -> None:
    words = ("preview", "policy.json", "--images", "policy.json")
    assert refused(run(*words)) == [
        "ecrpolicy: policy.json:1:1: this is a lifecycle policy; "
        "give the output of `aws ecr describe-images`"
    ]


def test_a_listing_in_place_of_a_policy(files: Path, run: Run) -> None:
    words = ("preview", "images.json", "--images", "policy.json")
    assert refused(run(*words)) == [
        "ecrpolicy: images.json:1:1: this is a listing of images, not a lifecycle policy; "
        "give the policy first, and the listing with `--images`"
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            '{"imageIds": []}',
            "images.json:1:1: this is the output of `list-images`, which has no times",
        ),
        ('{"previewResults": []}', "images.json:1:1: this is a lifecycle policy preview"),
        ('{"Statement": []}', "images.json:1:1: this is an IAM-style policy"),
        ("\n\n  {}", "images.json:3:3: nothing here tells of images"),
        ('{"repositories": []}', "images.json: no `imageDetails` in it"),
        (manifests(index_d=["a"]), "images.json: no `imageDetails` in it"),
    ],
    ids=["list-images", "preview", "IAM", "empty object", "repositories", "manifests"],
)
def test_something_else_in_place_of_a_listing(files: Path, run: Run, text: str, what: str) -> None:
    (files / "images.json").write_text(text)
    assert refused(run(*PREVIEW)) == [
        f"ecrpolicy: {what}; give the output of `aws ecr describe-images`"
    ]


@pytest.mark.parametrize("text", ["null", "5", '"imageDetails"', "true"])
def test_a_lone_value_in_place_of_a_listing(files: Path, run: Run, text: str) -> None:
    (files / "images.json").write_text(text)
    (line,) = refused(run(*PREVIEW))
    assert line.startswith("ecrpolicy: images.json:1:1: expected an object, found ")


# Not JSON


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "1:1: the text is empty; give a JSON document"),
        (b" \r\n\t", "1:1: the text is empty; give a JSON document"),
        ('{"imageDetails": []}'.encode("utf-16"), "1:1: the text is UTF-16; save it as UTF-8"),
        (b'{\n  "\xe4": 1}', "2:4: the text is not UTF-8; save it as UTF-8"),
        (
            b'{\n  "a": [1, 2\n',
            "2:13: expected `,` or `]`, found the end of the text; close the `[` of line 2",
        ),
        (
            b'{\n  "a": [1,],\n  "b": 1}',
            "2:11: expected a value, found `]`; "
            "delete the `,` before it: JSON has no trailing comma",
        ),
        (b"{'a': 1}", "1:2: `'a'` stands in single quotes; use double quotes, `\"`"),
    ],
    ids=["empty", "space", "UTF-16", "Latin-1", "truncated", "comma", "quotes"],
)
@pytest.mark.parametrize("file", ["policy.json", "images.json"])
def test_what_is_not_json(files: Path, run: Run, file: str, content: bytes, said: str) -> None:
    (files / file).write_bytes(content)
    lines = refused(run(*PREVIEW))
    assert lines[0] == f"ecrpolicy: {file}:{said}"
    if file == "images.json":
        assert len(lines) == 1


def test_a_policy_that_is_not_json_has_the_text_of_the_service(files: Path, run: Run) -> None:
    (files / "policy.json").write_text('{"rules": [}')
    lines = refused(run(*PREVIEW))
    assert lines[0].startswith("ecrpolicy: policy.json:1:12: expected a value or `]`, found `}`")
    assert lines[1] == NOT_MAPPED


def test_every_syntax_error_has_its_line(files: Path, run: Run) -> None:
    (files / "images.json").write_text('{\n  "imageDetails": [True],\n  "takenAt" 5\n}')
    assert refused(run(*PREVIEW)) == [
        "ecrpolicy: images.json:2:20: `True` is no JSON value; write `true`",
        "ecrpolicy: images.json:3:13: expected `:`, found `5`",
    ]


def test_garbage_after_a_document(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(image("a")) + "\n[1,")
    (line,) = refused(run(*PREVIEW))
    assert line.startswith("ecrpolicy: images.json:")
    assert line.endswith(
        ": what follows the first document is not JSON; give whole JSON documents alone"
    )


@pytest.mark.parametrize("file", ["policy.json", "images.json"])
@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, "x" * 1_000_000, "[" * 5_000 + "]" * 5_000]
)
def test_nothing_leaves_a_traceback(files: Path, run: Run, file: str, text: str) -> None:
    (files / file).write_text(text)
    assert refused(run(*PREVIEW))[0].startswith(f"ecrpolicy: {file}:")


# Listings


@pytest.mark.parametrize("member", ["nextToken", "NextToken"])
def test_a_listing_that_stops_half_way(files: Path, run: Run, member: str) -> None:
    (files / "images.json").write_text(listing(image("a"), **{member: "abc"}))
    assert refused(run(*PREVIEW)) == [
        "ecrpolicy: images.json: the listing of images stops at a `nextToken`: there are more "
        "images; list all of them, without `--max-items` or `--no-paginate`"
    ]


def test_images_of_two_repositories(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(image("a"), image("b", repositoryName="team/other")))
    assert refused(run(*PREVIEW)) == [
        f"ecrpolicy: images.json:14:31: `{digest('b')}` is of the repository `team/other`, not "
        "of `team/app`; give the images of one repository alone "
        "(at `/imageDetails/1/repositoryName`)"
    ]


def test_images_of_two_repositories_in_two_files(files: Path, run: Run) -> None:
    (files / "more.json").write_text(listing(image("c", repositoryName="team/other")))
    (line,) = refused(run(*PREVIEW, "--images", "more.json"))
    assert line.startswith(f"ecrpolicy: more.json:5:31: `{digest('c')}` is of the repository")


def test_images_of_two_registries(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(image("a"), image("b", registryId="999999999999")))
    assert refused(run(*PREVIEW)) == [
        f"ecrpolicy: images.json:13:27: `{digest('b')}` is of the registry `999999999999`, not "
        "of `111122223333`; give the images of one registry alone "
        "(at `/imageDetails/1/registryId`)"
    ]


def test_images_that_are_not_of_the_repository(files: Path, run: Run) -> None:
    lines = refused(run(*PREVIEW, "--repository", "team/other"))
    assert lines == [
        f"ecrpolicy: images.json:5:31: `{digest('a')}` is of the repository `team/app`, not of "
        "`team/other`; give the images of one repository alone "
        "(at `/imageDetails/0/repositoryName`)"
    ]


def test_an_empty_snapshot_that_is_not_of_the_repository(files: Path, run: Run) -> None:
    described = [{"repositoryName": "team/app", "registryId": "111122223333"}]
    (files / "images.json").write_text(listing(repositories=described))
    assert refused(run(*PREVIEW, "--repository", "team/app")) == [
        "ecrpolicy: `team/app` has no image, so there is nothing to preview: check repository, "
        "Region and what was listed"
    ]
    assert refused(run(*PREVIEW, "--repository", "team/other")) == [
        "ecrpolicy: images.json: what is described is `team/app`, not `team/other`; say which "
        "repository is meant"
    ]


def test_a_digest_that_stands_twice(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(image("a", "v1"), image("a", "v2")))
    assert refused(run(*PREVIEW)) == [
        f"ecrpolicy: images.json:18:28: the digest `{digest('a')}` stands twice; give each image "
        "once; one image with several tags is one image (at `/imageDetails/1/imageDigest`)"
    ]


def test_a_listing_that_is_given_twice(files: Path, run: Run) -> None:
    lines = refused(run(*PREVIEW, "--images", "images.json"))
    assert [line.split(" stands twice")[0] for line in lines] == [
        f"ecrpolicy: images.json:6:28: the digest `{digest('a')}`",
        f"ecrpolicy: images.json:18:28: the digest `{digest('b')}`",
    ]


def test_a_time_that_is_missing(files: Path, run: Run) -> None:
    untimed = image("a")
    del untimed["imagePushedAt"]
    (files / "images.json").write_text(json.dumps([image("b"), untimed], indent=1))
    (line,) = refused(run(*PREVIEW))
    assert line.startswith("ecrpolicy: images.json:11:2: the member `imagePushedAt` is missing")
    assert line.endswith("(at `/1`)")


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (
            '"2026-01-31T00:00:00"',
            "the time `2026-01-31T00:00:00` has no time zone; add an offset such as `+00:00`",
        ),
        ('"2026-01-31"', "the time `2026-01-31` has no time zone; add an offset such as `+00:00`"),
        (
            '"yesterday"',
            "`yesterday` is no time; write ISO 8601 with an offset, or epoch seconds",
        ),
        ("null", "`null` is no time; write ISO 8601 with an offset, or epoch seconds"),
        ("true", "`true` is no time; write ISO 8601 with an offset, or epoch seconds"),
        ("[]", "`[]` is no time; write ISO 8601 with an offset, or epoch seconds"),
        (
            "1767225600000",
            "`1767225600000` is no time; write ISO 8601 with an offset, or epoch seconds",
        ),
        ("NaN", "`NaN` is no time; write ISO 8601 with an offset, or epoch seconds"),
    ],
)
def test_times_that_are_none(files: Path, run: Run, time: str, said: str) -> None:
    text = f'{{"imageDetails": [\n{{"imageDigest": "{digest("a")}",\n "imagePushedAt": {time}}}]}}'
    (files / "images.json").write_text(text)
    assert refused(run(*PREVIEW)) == [
        f"ecrpolicy: images.json:3:19: {said} (at `/imageDetails/0/imagePushedAt`)"
    ]


@pytest.mark.parametrize("member", ["lastRecordedPullTime", "lastArchivedAt", "lastActivatedAt"])
def test_other_times_have_a_zone_too(files: Path, run: Run, member: str) -> None:
    (files / "images.json").write_text(listing(image("a", **{member: "2026-01-01T00:00:00"})))
    (line,) = refused(run(*PREVIEW))
    assert "the time `2026-01-01T00:00:00` has no time zone" in line
    assert line.endswith(f"(at `/imageDetails/0/{member}`)")


@pytest.mark.parametrize(
    ("member", "value", "said"),
    [
        ("imageTags", "v1", 'expected a list, found `"v1"`'),
        ("imageTags", None, "expected a list, found `null`"),
        ("imageTags", {}, "expected a list, found `{}`"),
        ("imageDigest", 5, "expected a string, found `5`"),
        ("imageDigest", None, "expected a string, found `null`"),
        ("repositoryName", ["team/app"], 'expected a string, found `["team/app"]`'),
        ("subjectManifestDigest", 5, "expected a string, found `5`"),
        ("imageManifestMediaType", {}, "expected a string, found `{}`"),
        (
            "imageStatus",
            "GONE",
            "`GONE` is no image status; known are `ACTIVE`, `ARCHIVED`, `ACTIVATING`",
        ),
    ],
)
def test_members_of_a_wrong_type(
    files: Path, run: Run, member: str, value: object, said: str
) -> None:
    (files / "images.json").write_text(listing(image("a", **{member: value})))
    (line,) = refused(run(*PREVIEW))
    assert re.match(r"ecrpolicy: images\.json:\d+:\d+: ", line)
    assert said in line
    assert line.endswith(f"(at `/imageDetails/0/{member}`)")


@pytest.mark.parametrize("size", ["1000", True, 1.5, "big", [], -1])
def test_sizes_that_are_none(files: Path, run: Run, size: object) -> None:
    (files / "images.json").write_text(listing(image("a", imageSizeInBytes=size)))
    (line,) = refused(run(*PREVIEW))
    assert line.endswith("(at `/imageDetails/0/imageSizeInBytes`)")


def test_a_tag_of_a_wrong_type(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(image("a", imageTags=["v1", 2])))
    (line,) = refused(run(*PREVIEW))
    assert "expected a string, found `2`" in line
    assert line.endswith("(at `/imageDetails/0/imageTags/1`)")


@pytest.mark.parametrize("text", ['{"imageDetails": null}', '{"imageDetails": {}}'])
def test_a_listing_that_is_no_list(files: Path, run: Run, text: str) -> None:
    (files / "images.json").write_text(text)
    (line,) = refused(run(*PREVIEW))
    assert line.startswith("ecrpolicy: images.json:1:18: expected a list, found ")


def test_a_list_of_something_else(files: Path, run: Run) -> None:
    (files / "images.json").write_text("[1,\n 2]")
    lines = refused(run(*PREVIEW))
    assert [line[: len("ecrpolicy: images.json:1:2")] for line in lines] == [
        "ecrpolicy: images.json:1:2",
        "ecrpolicy: images.json:2:2",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "sha256:",
        "sha256:12",
        "a" * 64,
        "sha256:" + "g" * 64,
        "md5:" + "a" * 64,
        digest("a") * 2,
    ],
)
def test_digests_that_are_none(files: Path, run: Run, wrong: str) -> None:
    (files / "images.json").write_text(listing(image("a", imageDigest=wrong)))
    assert refused(run(*PREVIEW)) == [
        f"ecrpolicy: images.json:6:28: `{wrong}` is no digest; a digest is `sha256:` and 64 "
        "hexadecimal digits (at `/imageDetails/0/imageDigest`)"
    ]


def test_a_place_in_a_later_document_of_a_file(files: Path, run: Run) -> None:
    (files / "images.json").write_text(
        f"{listing(image('a'))}\n{listing(image('b', imageTags='v1'))}\n"
    )
    text = (files / "images.json").read_text()
    line = text[: text.index('"v1"')].count("\n") + 1
    (said,) = refused(run(*PREVIEW))
    assert said.startswith(f'ecrpolicy: images.json:{line}:26: expected a list, found `"v1"`')


def test_many_complaints_are_cut_off(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(*(image("a") for _ in range(100))))
    assert len(refused(run(*PREVIEW))) <= 21


def test_manifests_that_cannot_be_read(files: Path, run: Run) -> None:
    broken = [{"imageId": {"imageDigest": digest("a")}, "imageManifest": "{"}]
    (files / "manifests.json").write_text(json.dumps({"images": broken}))
    (line,) = refused(run(*PREVIEW, "--manifests", "manifests.json"))
    assert line.startswith("ecrpolicy: manifests.json:1:")
    assert f"the manifest of `{digest('a')}` cannot be read" in line
    assert "give `batch-get-image` output as it is" in line
    assert line.endswith("(at `/images/0/imageManifest`)")


def test_a_snapshot_without_a_policy_needs_one(files: Path, run: Run) -> None:
    assert refused(run("preview", "--images", "images.json")) == [
        "ecrpolicy: the repository has no policy of its own: name a file as POLICY"
    ]


# Policies


def test_a_policy_of_too_many_characters(files: Path, run: Run) -> None:
    (files / "policy.json").write_text(policy().ljust(30_720))
    assert run(*PREVIEW).code == 0
    (files / "policy.json").write_text(policy().ljust(30_721))
    assert refused(run(*PREVIEW)) == [
        "ecrpolicy: policy.json:1:1: a policy has 100 to 30720 characters, not 30721; shorten it"
    ]


def test_a_policy_of_millions_of_characters(files: Path, run: Run) -> None:
    (files / "policy.json").write_text(policy().ljust(3_000_000))
    assert refused(run(*PREVIEW)) == [
        "ecrpolicy: policy.json: a policy has 100 to 30720 characters, not 3000000; shorten it"
    ]


def test_a_policy_of_51_rules(files: Path, run: Run) -> None:
    def rules(number: int) -> str:
        return policy(
            *(
                rule(priority, tagStatus="tagged", tagPatternList=[f"v{priority}.*"])
                for priority in range(1, number + 1)
            )
        )

    (files / "policy.json").write_text(rules(50))
    assert run(*PREVIEW).code == 0
    (files / "policy.json").write_text(rules(51))
    assert refused(run(*PREVIEW)) == [
        "ecrpolicy: policy.json:2:12: a policy has 50 rules at most, not 51; join rules, or leave "
        "some out (at `/rules`)",
        f"{SERVICE}Lifecycle policy validation failure: array is too long: must have at most 50 "
        "elements but instance has 51 elements'",
    ]


def test_a_pattern_of_five_wildcards(files: Path, run: Run) -> None:
    tagged = rule(tagStatus="tagged", tagPatternList=["v1", "*a*b*c*d*"])
    (files / "policy.json").write_text(policy(tagged))
    assert refused(run(*PREVIEW)) == [
        "ecrpolicy: policy.json:11:11: the pattern `*a*b*c*d*` has 5 wildcards; use 4 at most "
        "(at `/rules/0/selection/tagPatternList/1`)",
        f"{SERVICE}Lifecycle policy validation failure: Invalid tag pattern provided. Total "
        "number of * must not exceed 4'",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("null", "expected an object, found "),
        ("[]", "expected an object, found an array"),
        ('{"rules": null}', "`rules` is null; give it a value, or delete it"),
        ('{"rules": {}}', "expected an array, found an object"),
        ('{"rules": []}', "a policy has one rule at least; delete the policy to keep all images"),
        ('{"rules": [null]}', "an element is null; delete it"),
        ('{"rules": [5]}', "expected an object, found an integer, `5`"),
        ('{"Rules": []}', "no member is called `Rules`; write `rules`, or delete it"),
    ],
)
def test_policies_of_wrong_types(files: Path, run: Run, text: str, said: str) -> None:
    (files / "policy.json").write_text(text.ljust(100))
    lines = refused(run(*PREVIEW))
    assert any(line.startswith("ecrpolicy: policy.json:1:") and said in line for line in lines)


def test_all_complaints_about_a_policy_are_told_at_once(files: Path, run: Run) -> None:
    broken = rule(1, countNumber="1") | {"action": {"type": "delete"}}
    (files / "policy.json").write_text(policy(rule(0, tagStatus="untagged"), broken))
    lines = [line for line in refused(run(*PREVIEW)) if line.startswith("ecrpolicy")]
    assert {line.split(": ", 2)[2] for line in lines} == {
        "`rulePriority` is 1 at least, not 0; raise it (at `/rules/0/rulePriority`)",
        "expected an integer, found a string, `1` (at `/rules/1/selection/countNumber`)",
        "`delete` is no `type`; write one of `expire`, `transition` (at `/rules/1/action/type`)",
    }


def test_the_place_in_a_wrapped_policy_is_that_in_its_own_text(files: Path, run: Run) -> None:
    text = policy(rule(0))
    (files / "policy.json").write_text(policy_answer(text))
    before = text[: text.index('"rulePriority": 0') + len('"rulePriority": ')]
    line, column = before.count("\n") + 1, len(before) - before.rindex("\n")
    assert refused(run(*PREVIEW))[0] == (
        f"ecrpolicy: policy.json#lifecyclePolicyText:{line}:{column}: `rulePriority` is 1 at "
        "least, not 0; raise it (at `/rules/0/rulePriority`)"
    )


@pytest.mark.parametrize("wrap", [str, policy_answer])
def test_a_policy_with_a_member_twice(files: Path, run: Run, wrap: Callable[[str], str]) -> None:
    twice = policy().replace('"countNumber": 1', '"countNumber": 1, "countNumber": 2')
    (files / "policy.json").write_text(wrap(twice))
    lines = refused(run(*PREVIEW))
    assert "the member `countNumber` stands twice in one object; delete one of the two" in lines[0]


def test_the_policy_of_a_snapshot_is_checked_too(files: Path, run: Run) -> None:
    (files / "images.json").write_text(listing(image("a"), lifecyclePolicyText="{"))
    lines = refused(run("preview", "--images", "images.json"))
    assert lines[0].startswith("ecrpolicy: lifecyclePolicyText:1:2: ")


# Every command that reads them


@pytest.mark.parametrize("spoilt", ["policy.json", "images.json"])
def test_explain_refuses_the_same(files: Path, run: Run, spoilt: str) -> None:
    (files / spoilt).write_text("[,]")
    lines = refused(run("explain", "policy.json", "v1", "--images", "images.json"))
    assert lines == refused(run(*PREVIEW))


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_no_format_writes_a_part_of_a_preview(files: Path, run: Run, form: str) -> None:
    (files / "images.json").write_text(listing(image("a"), image("a")))
    refused(run(*PREVIEW, "--format", form))


def test_control_characters_in_complaints_are_written_out(files: Path, run: Run) -> None:
    (files / "images.json").write_text(
        listing(image("a"), image("b", repositoryName="x\x1b[2J\ny"))
    )
    (line,) = refused(run(*PREVIEW))
    assert r"`x\x1b[2J\ny`" in line
