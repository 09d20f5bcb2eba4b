"""`ecrpolicy registry push`: what a push would set off."""

import json
from pathlib import Path

import pytest

from tests.cli.registry_documents import (
    OTHERS,
    PARTNER,
    WAREHOUSE,
    image,
    registry,
    replicating,
    repository,
    rule,
    scanned,
)
from tests.cli.running import Run

STOCK = "sha256:1a00000000000000000000000000000000000000000000000000000000000001"
IMMUTABLE = {"imageTagMutability": "IMMUTABLE"}
CREATING = {
    "repositoryCreationTemplates": [
        {"prefix": "web", "appliedFor": ["CREATE_ON_PUSH"], "imageTagMutability": "IMMUTABLE"}
    ]
}
NOTHING = "nothing follows: no scan, no replica, no event"


@pytest.fixture(autouse=True)
def wide(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in which no line has to be broken."""
    monkeypatch.setenv("COLUMNS", "1000")


def test_all_that_follows(run: Run) -> None:
    ended = run("registry", "push", WAREHOUSE, "prod/stock:v1.6.0", *OTHERS)
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        "allowed: prod/stock:v1.6.0 in 777788889999 eu-central-1",
        "tag: `v1.6.0`, immutable: no image has the tag yet",
        "scan: the push starts one",
        "  scanning: CONTINUOUS_SCAN (ENHANCED)",
        "    a filter of the registry matches",
        "    rule 0 (SCAN_ON_PUSH), filter `mirror`: the name does not contain it",
        "    rule 0 (SCAN_ON_PUSH), filter `*/stock`: the name is covered and loses",
        "    rule 1 (CONTINUOUS_SCAN), filter `prod/*`: the name is covered and wins",
        "replication: 3 destinations",
        "  to 777788889999 eu-west-1: rule 0, filter `prod/`; deletions go there too",
        "    not known: the registry 777788889999 eu-west-1 is not given",
        "  to 444455556666 eu-central-1: rule 1, filter `prod/stock`",
        "    `ecr:ReplicateImage` is allowed: its registry policy allows it",
        "    tag `v1.6.0`: left out: the tag is immutable and another image has it",
        "  to 111122223333 eu-central-1: rule 1, filter `prod/stock`",
        "    `ecr:ReplicateImage` is denied: its registry policy does not allow "
        "`ecr:ReplicateImage` to account 777788889999",
        "    `ecr:CreateRepository` is denied: its registry policy does not allow "
        "`ecr:CreateRepository` to account 777788889999",
        "  not on from 444455556666 eu-central-1 to 444455556666 us-east-1: what arrives by "
        "replication goes no further",
        "cache rule: none serves this name",
        "events:",
        "  ECR Image Action of aws.ecr in 777788889999 eu-central-1: the push",
        "  Inspector2 Scan of aws.inspector2 in 777788889999 eu-central-1: the first scan is "
        "complete",
        "  Inspector2 Finding of aws.inspector2 in 777788889999 eu-central-1: a finding is "
        "created, updated or closed",
        "  ECR Replication Action of aws.ecr in 444455556666 eu-central-1: the replica has arrived",
        "  ?: others, which hang on what is not known",
    ]


def test_lines_are_as_long_as_the_terminal_is_wide(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("registry", "push", WAREHOUSE, "prod/stock:v1.6.0", *OTHERS).lines
    assert max(map(len, lines)) <= 80
    at = lines.index("    `ecr:CreateRepository` is denied: its registry policy does not allow")
    assert lines[at + 1] == "      `ecr:CreateRepository` to account 777788889999"


def test_json(run: Run) -> None:
    words = ("registry", "push", WAREHOUSE, "prod/stock:v1.6.0", *OTHERS, "--format", "json")
    ended = run(*words)
    assert ended.code == 0
    answer = ended.json
    assert (answer["repositoryName"], answer["imageTag"]) == ("prod/stock", "v1.6.0")
    assert (answer["allowed"], answer["reasons"]) == (True, [])
    assert answer["createdRepository"] is None
    assert answer["tag"] == {
        "imageTag": "v1.6.0",
        "change": "NEW",
        "isImmutable": True,
        "exclusionFilter": None,
        "takenBy": None,
    }
    assert answer["scanning"]["scanFrequency"] == "CONTINUOUS_SCAN"
    own, partner, storefront = answer["replication"]["replicas"]
    assert [each["outcome"] for each in (own, partner, storefront)] == [
        "UNKNOWN",
        "REPLICATED",
        "DENIED",
    ]
    assert [each["change"] for each in partner["tags"]] == ["REFUSED"]
    assert answer["events"][-1] == {
        "detailType": "ECR Replication Action",
        "source": "aws.ecr",
        "registryId": "444455556666",
        "region": "eu-central-1",
        "reason": "the replica has arrived",
    }
    assert len(answer["events"]) == 4
    assert (answer["notes"], answer["notKnown"], answer["unknown"]) == ([], ["events"], [])
    assert [each["notKnown"] for each in answer["replication"]["replicas"]] == [
        ["createsRepository", "template"],
        [],
        [],
    ]


def test_markdown(run: Run) -> None:
    words = ("registry", "push", WAREHOUSE, "prod/stock:v1.6.0", "--format", "markdown")
    lines = run(*words).lines
    assert lines[:4] == [
        "**allowed: prod/stock:v1.6.0 in 777788889999 eu-central-1**",
        "",
        r"- tag: \`v1.6.0\`, immutable: no image has the tag yet",
        "- scan: the push starts one",
    ]
    assert r"  - scanning: CONTINUOUS\_SCAN (ENHANCED)" in lines


# Tags


def test_an_immutable_tag_is_refused(run: Run) -> None:
    ended = run("registry", "push", WAREHOUSE, "prod/stock:v1.4.0")
    assert (ended.code, ended.err) == (1, "")
    assert ended.lines == [
        "refused: prod/stock:v1.4.0 in 777788889999 eu-central-1",
        "because: ImageTagAlreadyExistsException: The image tag 'v1.4.0' already exists in the "
        "'prod/stock' repository and cannot be overwritten because the tag is immutable.",
        "tag: `v1.4.0`, immutable: the tag is immutable and another image has it",
        f"  `{STOCK}` has it; if that is the image, say so with `--digest`",
        NOTHING,
    ]
    answer = run("registry", "push", WAREHOUSE, "prod/stock:v1.4.0", "--format", "json").json
    assert answer["allowed"] is False
    assert answer["reasons"][0].startswith("ImageTagAlreadyExistsException: ")
    assert (answer["scanning"], answer["replication"], answer["events"]) == (None, None, [])
    assert answer["tag"]["takenBy"] == STOCK


def test_the_same_image_may_have_its_tag_again(run: Run) -> None:
    ended = run("registry", "push", WAREHOUSE, "prod/stock:v1.4.0", "--digest", STOCK)
    assert ended.code == 0
    assert ended.lines[1:] == [
        "tag: `v1.4.0`, immutable: the image has the tag already",
        NOTHING,
        "note: `PutImage` answers `ImageAlreadyExistsException`: nothing has changed",
    ]
    words = ("registry", "push", WAREHOUSE, "prod/stock:v1.4.0", "--digest", STOCK)
    answer = run(*words, "--format", "json").json
    assert (answer["allowed"], answer["events"], answer["notKnown"]) == (True, [], [])
    upper = f"sha256:{STOCK.removeprefix('sha256:').upper()}"
    assert run("registry", "push", WAREHOUSE, "prod/stock:v1.4.0", "--digest", upper) == ended


def test_an_excepted_tag_moves(run: Run) -> None:
    ended = run("registry", "push", WAREHOUSE, "prod/stock:latest")
    assert ended.code == 0
    assert ended.lines[1] == (
        "tag: `latest`, mutable, by the exclusion filter `latest*`: the tag moves from another "
        "image"
    )


@pytest.mark.parametrize("tag", ["-v1", "v" * 129, "v 1", "ü"])
def test_a_malformed_tag_is_refused(run: Run, tag: str) -> None:
    ended = run("registry", "push", WAREHOUSE, f"prod/stock:{tag}")
    assert ended.code == 1
    assert ended.lines[1].startswith(
        "because: InvalidParameterException: Invalid parameter at 'imageTag' failed to satisfy "
    )
    assert ended.lines[-1] == NOTHING


# Repositories


def test_a_repository_that_is_not_there(run: Run) -> None:
    ended = run("registry", "push", WAREHOUSE, "tools/lint:v1")
    assert (ended.code, ended.err) == (1, "")
    assert ended.lines == [
        "refused: tools/lint:v1 in 777788889999 eu-central-1",
        "because: RepositoryNotFoundException: The repository with name 'tools/lint' does not "
        "exist in the registry with id '777788889999'",
        NOTHING,
    ]


def test_a_template_has_it_created(run: Run) -> None:
    ended = run("registry", "push", WAREHOUSE, "prod/returns:v1")
    assert ended.code == 0
    assert ended.lines[1:3] == [
        "repository: created, from the template `prod`: IMMUTABLE_WITH_EXCLUSION, KMS",
        "tag: `v1`, immutable: no image has the tag yet",
    ]
    answer = run("registry", "push", WAREHOUSE, "prod/returns:v1", "--format", "json").json
    assert answer["createdRepository"]["template"] == "prod"
    assert answer["createdRepository"]["resourceTags"] == {"team": "warehouse"}


@pytest.mark.parametrize("name", ["Prod/stock", "prod//stock"])
def test_a_malformed_name_is_refused(run: Run, name: str) -> None:
    ended = run("registry", "push", WAREHOUSE, f"{name}:v1")
    assert ended.code == 1
    assert ended.lines[0] == f"refused: {name}:v1 in 777788889999 eu-central-1"
    assert ended.lines[1].startswith(
        "because: InvalidParameterException: Invalid parameter at 'repositoryName' failed to "
    )


def test_a_cached_name_is_noted(folder: Path, run: Run) -> None:
    rules = [{"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"}]
    (folder / "a.json").write_text(registry(repository("quay/x"), pullThroughCacheRules=rules))
    lines = run("registry", "push", "a.json", "quay/x:v1").lines
    assert "cache rule: `quay`, for `quay.io/x`" in lines
    assert lines[-1] == (
        "note: the cache rule `quay` serves this name: a pull may put an image of `quay.io/x` in "
        "place of the pushed one"
    )


# Scans


def test_a_push_starts_no_scan(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry(repository("web/app")))
    lines = run("registry", "push", "a.json", "web/app:v1").lines
    assert lines[2:5] == [
        "scan: the push starts none",
        "  scanning: MANUAL (BASIC)",
        "    the registry has no rules: the repository's own setting holds",
    ]
    assert lines[-2:] == [
        "events:",
        "  ECR Image Action of aws.ecr in 111122223333 eu-central-1: the push",
    ]


def test_a_basic_scan_has_an_event(folder: Path, run: Run) -> None:
    configuration = scanned("BASIC", SCAN_ON_PUSH=["web"])
    (folder / "a.json").write_text(
        registry(repository("web/app"), scanningConfiguration=configuration)
    )
    lines = run("registry", "push", "a.json", "web/app:v1").lines
    assert "scan: the push starts one" in lines
    assert lines[-1] == (
        "  ECR Image Scan of aws.ecr in 111122223333 eu-central-1: the scan is complete"
    )


def test_a_basic_scan_less_than_24_hours_ago_is_not_repeated(folder: Path, run: Run) -> None:
    digest = image("a")["imageDigest"]
    scans = {
        None: "scan: ?, when the image was last scanned is not told",
        "2026-01-30T01:00:00Z": "scan: the push starts none: the last scan was less than 24 h ago",
        "2026-01-30T00:00:00Z": "scan: the push starts one",
    }
    for scanned_at, line in scans.items():
        told = {"imageScanFindingsSummary": {"imageScanCompletedAt": scanned_at}}
        there = {**image("a", "v1"), **(told if scanned_at else {})}
        document = registry(
            repository("web/app", imageDetails=[there]),
            scanningConfiguration=scanned("BASIC", SCAN_ON_PUSH=["web"]),
            takenAt="2026-01-31T00:00:00Z",
        )
        (folder / "a.json").write_text(document)
        words = ("registry", "push", "a.json", "web/app:v2", "--digest", digest)
        assert line in run(*words).lines
        answer = run(*words, "--format", "json").json
        assert answer["notKnown"] == ([] if scanned_at else ["events"])


# Images that arrive by replication


def test_a_replica_goes_no_further(folder: Path, run: Run) -> None:
    there = replicating(rule("111122223333 us-east-1"))
    (folder / "a.json").write_text(registry(repository("web/app"), **there))
    ended = run("registry", "push", "a.json", "web/app:v1", "--replicated")
    assert ended.code == 0
    assert (
        "replication: none: the image arrives by replication, and goes no further"
    ) in ended.lines
    assert ended.lines[-1] == (
        "  ECR Replication Action of aws.ecr in 111122223333 eu-central-1: the replica has arrived"
    )


def test_a_replica_creates_its_repository(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry(repository("web/app")))
    ended = run("registry", "push", "a.json", "web/new:v1", "--replicated")
    assert ended.code == 0
    assert ended.lines[1] == "repository: created, from the defaults: MUTABLE, AES256"
    assert run("registry", "push", "a.json", "web/new:v1").code == 1


def test_a_replica_arrives_without_a_tag_that_is_taken(run: Run) -> None:
    ended = run("registry", "push", PARTNER, "prod/stock:v1.6.0", "--replicated")
    assert ended.code == 0
    assert ended.lines[1] == (
        "tag: `v1.6.0`, immutable: left out: the tag is immutable and another image has it"
    )
    assert run("registry", "push", PARTNER, "prod/stock:v1.6.0").code == 1


# What is not known


def pushed(folder: Path, run: Run, document: str, name: str = "web/app:v1") -> list[str]:
    """The lines about a push of which it is not known whether it is allowed."""
    (folder / "a.json").write_text(document)
    ended = run("registry", "push", "a.json", name)
    assert (ended.code, ended.err) == (1, "")
    assert ended.lines[0] == f"not known: {name} in 111122223333 eu-central-1"
    answer = run("registry", "push", "a.json", name, "--format", "json")
    assert (answer.code, answer.json["allowed"]) == (1, None)
    assert [f"because: {reason}" for reason in answer.json["reasons"]] == [
        line for line in ended.lines if line.startswith("because: ")
    ]
    return ended.lines


def test_templates_that_are_not_known_may_create_the_repository(folder: Path, run: Run) -> None:
    document = registry(repository("web/other"), repositoryCreationTemplates=...)
    lines = pushed(folder, run, document)
    assert lines[1:3] == [
        "because: the repository creation templates are not known: one may have the push create "
        "the repository",
        "what follows: ?",
    ]


def test_no_listing_tells_of_no_repository(folder: Path, run: Run) -> None:
    lines = pushed(folder, run, registry(repositories=...))
    assert lines[1:3] == [
        "because: no repository is listed: whether this one is there is not known",
        "what follows: ?",
    ]
    assert lines[-1] == (
        "  repositories: not in the documents; give the output of `aws ecr describe-repositories`"
    )


def test_an_empty_listing_tells_that_there_is_no_repository(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry())
    ended = run("registry", "push", "a.json", "web/app:v1")
    assert (ended.code, ended.err) == (1, "")
    assert ended.lines[0] == "refused: web/app:v1 in 111122223333 eu-central-1"
    assert ended.lines[1].startswith("because: RepositoryNotFoundException: ")


def test_an_immutable_tag_may_be_taken(folder: Path, run: Run) -> None:
    document = registry({"repositoryName": "web/app", **IMMUTABLE})
    lines = pushed(folder, run, document)
    assert lines[1] == (
        "because: the tag is immutable, and whether another image has it is not known"
    )


def test_a_mutability_that_is_not_known_is_not_the_default(folder: Path, run: Run) -> None:
    told = {"repositoryName": "web/app", "imageDetails": [image("a", "v1")]}
    lines = pushed(folder, run, registry(told))
    assert lines[1:3] == [
        "because: another image has the tag, and the tag mutability of the repository is not known",
        "tag: `v1`, mutability ?: another image has it",
    ]
    tag = run("registry", "push", "a.json", "web/app:v1", "--format", "json").json["tag"]
    assert (tag["change"], tag["isImmutable"]) == (None, None)
    assert run("registry", "push", "a.json", "web/app:v2").code == 0
    lines = pushed(folder, run, registry({"repositoryName": "web/app"}))
    assert lines[1] == (
        "because: neither the images of the repository nor its tag mutability are known"
    )


def test_settings_that_are_not_known_are_not_guessed(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(
        registry(
            repository("web/app", imageScanningConfiguration={"scanOnPush": True}),
            scanningConfiguration=...,
            replicationConfiguration=...,
            pullThroughCacheRules=...,
        )
    )
    ended = run("registry", "push", "a.json", "web/app:v1")
    assert ended.code == 0
    assert ended.lines[2:10] == [
        "scan: ?",
        "  scanning: ?",
        "replication: ?",
        "cache rule: ?",
        "events:",
        "  ECR Image Action of aws.ecr in 111122223333 eu-central-1: the push",
        "  ?: others, which hang on what is not known",
        "not known, so shown as `?` and not counted:",
    ]
    answer = run("registry", "push", "a.json", "web/app:v1", "--format", "json").json
    assert (answer["scanning"], answer["replication"]) == (None, None)
    assert len(answer["events"]) == 1
    assert answer["notKnown"] == ["scanning", "replication", "cacheRule", "events"]


def test_what_is_refused_leaves_nothing_unknown(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry(repository("web/app")))
    answer = run("registry", "push", "a.json", "web/new:v1", "--format", "json").json
    assert (answer["allowed"], answer["notKnown"]) == (False, [])
    members = ("createdRepository", "tag", "scanning", "replication", "cacheRule")
    assert [answer[name] for name in members] == [None] * 5


def test_what_replication_creates_is_not_guessed(folder: Path, run: Run) -> None:
    document = registry(repository("web/app"), repositoryCreationTemplates=...)
    (folder / "a.json").write_text(document)
    words = ("registry", "push", "a.json", "web/new:v1", "--replicated")
    ended = run(*words)
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines[:3] == [
        "allowed: web/new:v1 in 111122223333 eu-central-1",
        "repository: created, from ?",
        "tag: `v1`, mutability ?: no image has the tag yet",
    ]
    assert ended.lines[-2:] == [
        "not known, so shown as `?` and not counted:",
        "  repository creation templates: not in the documents; give the output of "
        "`aws ecr describe-repository-creation-templates`",
    ]
    answer = run(*words, "--format", "json").json
    assert (answer["allowed"], answer["createdRepository"]) == (True, None)
    assert answer["tag"] == {
        "imageTag": "v1",
        "change": "NEW",
        "isImmutable": None,
        "exclusionFilter": None,
        "takenBy": None,
    }
    assert answer["notKnown"] == ["createdRepository"]
    [about] = [each["about"] for each in answer["unknown"]]
    assert about == "repository creation templates"


def test_a_replica_may_lose_a_tag_whose_mutability_is_not_known(folder: Path, run: Run) -> None:
    told = {"repositoryName": "web/app", "imageDetails": [image("a", "v1")]}
    (folder / "a.json").write_text(registry(told))
    words = ("registry", "push", "a.json", "web/app:v1", "--replicated")
    assert run(*words).lines[1] == "tag: `v1`, mutability ?: another image has it"
    assert run(*words, "--format", "json").json["tag"]["change"] is None


def test_a_template_creates_what_is_pushed_into(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry(repository("other/app"), **CREATING))
    ended = run("registry", "push", "a.json", "web/app:v1")
    assert ended.code == 0
    assert ended.lines[1] == "repository: created, from the template `web`: IMMUTABLE, AES256"


def test_the_tags_of_a_destination_may_not_be_known(folder: Path, run: Run) -> None:
    there = replicating(rule("111122223333 us-east-1"))
    (folder / "a.json").write_text(registry(repository("web/app"), **there))
    (folder / "b.json").write_text(registry({"repositoryName": "web/app"}, region="us-east-1"))
    lines = run("registry", "push", "a.json", "web/app:v1", "--other", "b.json").lines
    assert (
        "    tag `v1`: not known: the tag mutability of the repository there is not told"
    ) in lines
    words = ("registry", "push", "a.json", "web/app:v1", "--other", "b.json", "--format", "json")
    [replica] = run(*words).json["replication"]["replicas"]
    assert [(each["change"], each["isImmutable"]) for each in replica["tags"]] == [
        ("UNKNOWN", None)
    ]


def test_what_a_destination_creates_may_not_be_known(folder: Path, run: Run) -> None:
    there = replicating(rule("111122223333 us-east-1"))
    (folder / "a.json").write_text(registry(repository("web/app"), **there))
    beside = registry(repository("other"), region="us-east-1", repositoryCreationTemplates=...)
    (folder / "b.json").write_text(beside)
    words = ("registry", "push", "a.json", "web/app:v1", "--other", "b.json")
    assert "    creates the repository, with what its templates say, which are not known" in (
        run(*words).lines
    )
    [replica] = run(*words, "--format", "json").json["replication"]["replicas"]
    assert (replica["createsRepository"], replica["template"]) == (True, None)
    assert replica["notKnown"] == ["template"]
    assert [each["isImmutable"] for each in replica["tags"]] == [None]


def test_what_a_push_creates_in_a_registry_that_is_empty(run: Run, folder: Path) -> None:
    """An empty list is known; one that is left out is not."""
    template = {
        "prefix": "ROOT",
        "appliedFor": ["CREATE_ON_PUSH"],
        "imageTagMutability": "IMMUTABLE",
    }
    empty: dict[str, object] = {
        "registryId": "111122223333",
        "region": "us-east-1",
        "repositories": [],
        "repositoryCreationTemplates": [template],
    }
    (folder / "a.json").write_text(json.dumps(empty))
    told = run("registry", "push", "a.json", "web:v1")
    assert "repository: created, from the template `ROOT`: IMMUTABLE, AES256" in told.lines
    assert run("registry", "push", "a.json", "web:v1", "--format", "json").json["createdRepository"]
    del empty["repositories"]
    (folder / "a.json").write_text(json.dumps(empty))
    told = run("registry", "push", "a.json", "web:v1")
    assert told.lines[:2] == [
        "not known: web:v1 in 111122223333 us-east-1",
        "because: no repository is listed: whether this one is there is not known",
    ]
