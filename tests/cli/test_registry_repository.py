"""`ecrpolicy registry check` about one repository, and about one that is not there yet."""

from pathlib import Path

import pytest

from tests.cli.registry_documents import OTHERS, WAREHOUSE, registry, replicating, rule
from tests.cli.running import Run
from tests.cli.test_bad_input import refused


@pytest.fixture(autouse=True)
def wide(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal in which no line has to be broken."""
    monkeypatch.setenv("COLUMNS", "1000")


def test_a_repository_is_explained(run: Run) -> None:
    ended = run("registry", "check", WAREHOUSE, *OTHERS, "--repository", "mirror/base")
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        "mirror/base in 777788889999 eu-central-1",
        "scanning: SCAN_ON_PUSH (ENHANCED)",
        "  a filter of the registry matches",
        "  rule 0 (SCAN_ON_PUSH), filter `mirror`: the name contains it and wins",
        "  rule 0 (SCAN_ON_PUSH), filter `*/stock`: the name is not covered as a whole",
        "  rule 1 (CONTINUOUS_SCAN), filter `prod/*`: the name is not covered as a whole",
        "replication: 2 destinations",
        "  to 444455556666 eu-central-1: rule 1, filter `mirror/`",
        "    `ecr:ReplicateImage` is allowed: its registry policy allows it",
        "    `ecr:CreateRepository` is denied: its registry policy does not allow "
        "`ecr:CreateRepository` to account 777788889999",
        "  to 111122223333 eu-central-1: rule 1, filter `mirror/`",
        "    `ecr:ReplicateImage` is allowed: its registry policy allows it",
        "    `ecr:CreateRepository` is allowed: its registry policy allows it",
        "    creates the repository, with what its templates say, which are not known",
        "  not to 777788889999 eu-west-1: rule 0: `mirror/base` starts with none of its filters "
        "(`prod/`)",
        "cache rule: none serves this name",
        "template, were it created anew:",
        "  PULL_THROUGH_CACHE: `ROOT`",
        "  REPLICATION: none is for this",
        "  CREATE_ON_PUSH: none is for this",
        "tags: MUTABLE",
        "quotas:",
        "  Images per repository: 2 of 100,000 (10,000 in 2023)",
        "  Tags per image: 1 of 1,000",
        "  Tags per repository: 0 of 50",
        "images and their scans, at 2026-01-31T00:00:00Z:",
        "  sha256:3c0000000000 (bookworm): ?, COMPLETE or SCAN_ELIGIBILITY_EXPIRED or no scan "
        "status",
        "  sha256:3c0000000000: ?, COMPLETE or SCAN_ELIGIBILITY_EXPIRED or no scan status",
        "  say since when enhanced scanning is on with `--enhanced-since`",
        "  say for how long images are scanned with `--scan-duration`",
    ]


def test_what_is_cached_and_what_is_excepted_is_explained(run: Run) -> None:
    words = ("registry", "check", WAREHOUSE, "--repository")
    lines = run(*words, "quay/prometheus/node-exporter").lines
    assert "cache rule: `quay`, for `quay.io/prometheus/node-exporter`" in lines
    assert "scanning: off (ENHANCED)" in lines
    assert "replication: 0 destinations" in lines
    lines = run(*words, "prod/stock").lines
    at = lines.index("tags: IMMUTABLE_WITH_EXCLUSION")
    assert lines[at + 1] == "  but for those that meet `latest*`"
    at = lines.index("  to 777788889999 eu-west-1: rule 0, filter `prod/`; deletions go there too")
    assert lines[at + 1] == "    not known: the registry 777788889999 eu-west-1 is not given"


def test_replicas_go_no_further(run: Run) -> None:
    words = ("registry", "check", WAREHOUSE, *OTHERS, "--repository", "prod/stock")
    assert (
        "  not on from 444455556666 eu-central-1 to 444455556666 us-east-1: what arrives by "
        "replication goes no further"
    ) in run(*words).lines
    answer = run(*words, "--format", "json").json
    assert answer["replication"]["notChained"] == [
        {
            "from": {"registryId": "444455556666", "region": "eu-central-1"},
            "to": {"registryId": "444455556666", "region": "us-east-1"},
        }
    ]


def test_an_explanation_as_json(run: Run) -> None:
    words = ("registry", "check", WAREHOUSE, *OTHERS, "--repository", "mirror/base")
    answer = run(*words, "--format", "json").json
    assert answer["repositoryName"] == "mirror/base"
    assert [each["matches"] for each in answer["scanning"]["filters"]] == [True, False, False]
    partner, storefront = answer["replication"]["replicas"]
    assert [each["verdict"] for each in partner["permissions"]] == ["allowed", "denied"]
    assert (partner["outcome"], storefront["outcome"]) == ("DENIED", "REPLICATED")
    assert (partner["createsRepository"], storefront["createsRepository"]) == (False, True)
    [left_out] = answer["replication"]["notChosen"]
    assert left_out["rules"] == [0]
    assert answer["templates"] == {"PULL_THROUGH_CACHE": "ROOT"}
    assert [each["name"] for each in answer["quotas"]] == [
        "Images per repository",
        "Tags per image",
        "Tags per repository",
    ]
    assert (answer["notKnown"], answer["unknown"]) == ([], [])


def test_an_explanation_as_markdown(run: Run) -> None:
    words = ("registry", "check", WAREHOUSE, "--repository", "prod/orders", "--format", "markdown")
    lines = run(*words).lines
    assert lines[0] == "**prod/orders in 777788889999 eu-central-1**"
    assert r"- scanning: CONTINUOUS\_SCAN (ENHANCED)" in lines
    assert r"  - a filter of the registry matches" in lines


def test_an_unknown_setting_is_not_explained_as_if_it_were_known(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(
        '{"registryId": "111122223333", "region": "eu-central-1",'
        ' "repositories": [{"repositoryName": "web/app"}]}'
    )
    words = ("registry", "check", "a.json", "--repository", "web/app")
    lines = run(*words).lines
    assert lines[1:6] == [
        "scanning: ?",
        "replication: ?",
        "cache rule: ?",
        "template: ?",
        "tags: ?",
    ]
    answer = run(*words, "--format", "json").json
    assert answer["scanning"] is None
    assert answer["replication"] is None


def test_a_repository_that_is_not_there(run: Run) -> None:
    assert refused(run("registry", "check", WAREHOUSE, "--repository", "prod/none")) == [
        "ecrpolicy: the registry has no repository `prod/none`; foresee it with "
        "`--new-repository prod/none`"
    ]


# A new repository


def test_a_new_repository_is_foreseen(run: Run) -> None:
    ended = run("registry", "check", WAREHOUSE, *OTHERS, "--new-repository", "prod/stock-eu")
    assert (ended.code, ended.err) == (0, "")
    key = "arn:aws:kms:eu-central-1:777788889999:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
    from_prod = [
        "from the template `prod`: IMMUTABLE_WITH_EXCLUSION, KMS",
        "  tags that differ: `latest*`",
        f"  key: {key}",
        "  tags of the repository: `team=warehouse`",
    ]
    assert ended.lines[:11] == [
        "prod/stock-eu in 777788889999 eu-central-1, were it created",
        "by PULL_THROUGH_CACHE: not at all: no cache rule serves this name",
        f"by REPLICATION: {from_prod[0]}",
        "  from 111122223333 eu-central-1: ?, what it replicates is not told",
        *from_prod[1:],
        f"by CREATE_ON_PUSH: {from_prod[0]}",
        *from_prod[1:],
    ]
    assert "scanning: CONTINUOUS_SCAN (ENHANCED)" in ended.lines
    assert "  to 444455556666 eu-central-1: rule 1, filter `prod/stock`" in ended.lines


def test_without_a_template_there_are_the_defaults(run: Run) -> None:
    words = ("registry", "check", WAREHOUSE, "--new-repository", "hub/library/postgres")
    lines = run(*words).lines
    assert "by REPLICATION: from the defaults: MUTABLE, AES256" in lines
    assert "by PULL_THROUGH_CACHE: from the template `ROOT`: MUTABLE, AES256" in lines
    assert "  no registry is given that could replicate it here" in lines
    assert ("by CREATE_ON_PUSH: not at all: a push is refused, without a template for it") in lines
    assert "cache rule: `hub`, for `registry-1.docker.io/library/postgres`" in lines
    answer = run(*words, "--format", "json").json
    assert answer["created"]["CREATE_ON_PUSH"] is None
    assert answer["created"]["REPLICATION"] == {
        "template": None,
        "imageTagMutability": "MUTABLE",
        "imageTagMutabilityExclusionFilters": [],
        "encryptionType": "AES256",
        "kmsKey": None,
        "resourceTags": {},
        "repositoryPolicy": None,
        "lifecyclePolicy": None,
        "customRoleArn": None,
    }
    assert answer["created"]["PULL_THROUGH_CACHE"]["template"] == "ROOT"
    assert answer["cacheRule"]["upstream"] == "registry-1.docker.io/library/postgres"
    reason = "a push is refused, without a template for it"
    assert answer["notCreated"] == {"CREATE_ON_PUSH": reason}
    assert (answer["replicatedFrom"], answer["notKnown"]) == ([], [])


QUAY = {"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"}
FOR_ALL = {"prefix": "ROOT", "appliedFor": ["PULL_THROUGH_CACHE", "REPLICATION"]}


def test_a_pull_creates_nothing_that_no_cache_rule_serves(folder: Path, run: Run) -> None:
    document = registry(pullThroughCacheRules=[QUAY], repositoryCreationTemplates=[FOR_ALL])
    (folder / "a.json").write_text(document)
    words = ("registry", "check", "a.json", "--new-repository")
    assert run(*words, "quay/web").lines[1] == (
        "by PULL_THROUGH_CACHE: from the template `ROOT`: MUTABLE, AES256"
    )
    assert run(*words, "web/app").lines[1] == (
        "by PULL_THROUGH_CACHE: not at all: no cache rule serves this name"
    )
    answer = run(*words, "web/app", "--format", "json").json
    assert answer["created"]["PULL_THROUGH_CACHE"] is None
    assert answer["notCreated"]["PULL_THROUGH_CACHE"] == "no cache rule serves this name"
    assert (answer["cacheRule"], answer["notKnown"]) == (None, [])


def test_cache_rules_that_are_not_known_may_create_it(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry(pullThroughCacheRules=...))
    words = ("registry", "check", "a.json", "--new-repository", "web/app")
    lines = run(*words).lines
    assert lines[1] == "by PULL_THROUGH_CACHE: ?"
    assert lines[2] == "by REPLICATION: from the defaults: MUTABLE, AES256"
    assert "cache rule: ?" in lines
    answer = run(*words, "--format", "json").json
    assert answer["created"]["PULL_THROUGH_CACHE"] is None
    assert "PULL_THROUGH_CACHE" not in answer["notCreated"]
    assert answer["notKnown"] == ["created.PULL_THROUGH_CACHE", "cacheRule"]


def test_other_registries_may_replicate_it_here(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry(registryPolicyText=None))
    here = "111122223333 eu-central-1"
    others = {
        "own": registry(region="us-east-1", **replicating(rule(here))),
        "denied": registry(registryId="444455556666", **replicating(rule(here))),
        "none": registry(region="eu-west-1"),
        "untold": registry(region="eu-west-2", replicationConfiguration=...),
    }
    words = ["registry", "check", "a.json", "--new-repository", "web/app"]
    for name, document in others.items():
        (folder / f"{name}.json").write_text(document)
        words += ["--other", f"{name}.json"]
    lines = run(*words).lines
    assert lines[2:6] == [
        "by REPLICATION: from the defaults: MUTABLE, AES256",
        "  from 111122223333 us-east-1: permitted",
        "  from 444455556666 eu-central-1: denied",
        "  from 111122223333 eu-west-2: ?, what it replicates is not told",
    ]
    answer = run(*words, "--format", "json").json
    beside = run(*words[:5], "--other", "none.json").lines
    assert beside[3] == "  no registry that is given replicates it here"
    assert answer["replicatedFrom"] == [
        {"registryId": "111122223333", "region": "us-east-1", "outcome": "REPLICATED"},
        {"registryId": "444455556666", "region": "eu-central-1", "outcome": "DENIED"},
        {"registryId": "111122223333", "region": "eu-west-2", "outcome": None},
    ]


def test_templates_that_are_not_known_foresee_nothing(folder: Path, run: Run) -> None:
    document = registry(pullThroughCacheRules=[QUAY], repositoryCreationTemplates=...)
    (folder / "a.json").write_text(document)
    words = ("registry", "check", "a.json", "--new-repository")
    lines = run(*words, "quay/app").lines
    assert [line for line in lines if line.startswith("by ")] == [
        "by PULL_THROUGH_CACHE: ?",
        "by REPLICATION: ?",
        "by CREATE_ON_PUSH: ?",
    ]
    assert run(*words, "web/app").lines[1] == (
        "by PULL_THROUGH_CACHE: not at all: no cache rule serves this name"
    )
    answer = run(*words, "quay/app", "--format", "json").json
    assert answer["created"] == {
        "PULL_THROUGH_CACHE": None,
        "REPLICATION": None,
        "CREATE_ON_PUSH": None,
    }
    assert answer["notKnown"] == [
        "created.PULL_THROUGH_CACHE",
        "created.REPLICATION",
        "created.CREATE_ON_PUSH",
    ]
    assert answer["notCreated"] == {}


def test_a_new_repository_must_not_be_there(run: Run) -> None:
    assert refused(run("registry", "check", WAREHOUSE, "--new-repository", "prod/stock")) == [
        "ecrpolicy: `prod/stock` is there already: explain it with `--repository prod/stock`"
    ]


@pytest.mark.parametrize("name", ["Prod/web", "prod//web", ".web", "web_", "prod web"])
def test_a_malformed_name_is_refused_with_the_text_of_the_service(run: Run, name: str) -> None:
    first, second = refused(run("registry", "check", WAREHOUSE, "--new-repository", name))
    assert first.startswith(f"ecrpolicy: `{name}` is no name of a repository; use lower-case")
    assert second.startswith(
        "  the service would say: InvalidParameterException: Invalid parameter at 'repositoryName' "
        "failed to satisfy constraint: 'must satisfy regular expression "
    )


@pytest.mark.parametrize("name", ["w", "w" * 257])
def test_a_name_has_2_to_256_characters(run: Run, name: str) -> None:
    first, second = refused(run("registry", "check", WAREHOUSE, "--new-repository", name))
    assert first.endswith("a name has 2 to 256 characters")
    assert "Member must have length " in second
