"""`ecrpolicy registry check`: what the settings of a registry come to."""

from pathlib import Path

from tests.cli.registry_documents import (
    ACCOUNT,
    OTHERS,
    WAREHOUSE,
    image,
    registry,
    replicating,
    repository,
    rule,
    scanned,
)
from tests.cli.running import Run
from tests.cli.test_bad_input import refused
from tests.registry_builders import letting_in

# All repositories


def test_the_warehouse(run: Run) -> None:
    ended = run("registry", "check", WAREHOUSE, *OTHERS)
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        "registry 777788889999 eu-central-1: 5 repositories, at 2026-01-31T00:00:00Z",
        "scanning: ENHANCED, 2 rules; replication: 2 rules; cache: 2 rules; 2 templates",
        "",
        "repository          scanning    replicas     cache  template  tags        images",
        "────────────────────────────────────────────────────────────────────────────────",
        "prod/stock          continuous  3, 1 denied  -      ROOT,     immutable*       2",
        "                                                    prod",
        "prod/orders         continuous  1            -      ROOT,     immutable        1",
        "                                                    prod",
        "mirror/base         on push     2, 1 denied  -      ROOT      mutable          2",
        "quay/prometheus/no  off         -            quay   ROOT      mutable          1",
        "de-exporter",
        "dev/sandbox         off         -            -      ROOT      mutable          ?",
        "* but for tags that meet an exclusion filter",
        "",
        "replication",
        "destination                rules  repositories  permitted  denied  not known",
        "────────────────────────────────────────────────────────────────────────────",
        "777788889999 eu-west-1     0                 2          0       0          2",
        "444455556666 eu-central-1  1                 2          1       1          0",
        "111122223333 eu-central-1  1                 2          1       1          0",
        "",
        "quotas",
        "quota                           used       of  in 2023  used most by",
        "────────────────────────────────────────────────────────────────────────────────",
        "Registered repositories            5  100,000   10,000",
        "Images per repository              2  100,000   10,000  prod/stock",
        "Tags per image                     2    1,000           prod/stock",
        "                                                        sha256:1a0000000000",
        "Lifecycle policy length          175   30,720           prod/stock",
        "Rules per lifecycle policy         1       50           prod/stock",
        "Rules per replication              2       10",
        "configuration",
        "Unique destinations across all     3       25",
        "rules in a replication",
        "configuration",
        "Filters per rule in a              2      100           replication rule 1",
        "replication configuration",
        "Pull through cache rules per       2       50       10",
        "registry",
        "Tags per repository                1       50           prod/stock",
        "Tag key length                     4      128           prod/stock",
        "Tag value length                   9      256           prod/stock",
        "",
        "not known, so shown as `?` and not counted:",
        "  images of `dev/sandbox`: not in the documents; give the output of `aws ecr",
        "    describe-images`",
        "  repository policy of `dev/sandbox`: AccessDeniedException: User:",
        "    arn:aws:iam::777788889999:role/auditor is not authorized to perform:",
        "    ecr:GetRepositoryPolicy on resource:",
        "    arn:aws:ecr:eu-central-1:777788889999:repository/dev/sandbox; allow the",
        "    caller `aws ecr get-repository-policy`",
    ]


def test_without_the_others_nothing_is_known_of_what_they_permit(run: Run) -> None:
    lines = run("registry", "check", WAREHOUSE).lines
    assert "444455556666 eu-central-1  1                 2          0       0          2" in lines
    assert not any(" denied " in line and line.startswith(("prod", "mirror")) for line in lines)


def test_json(run: Run) -> None:
    answer = run("registry", "check", WAREHOUSE, *OTHERS, "--format", "json").json
    assert (answer["registryId"], answer["region"]) == ("777788889999", "eu-central-1")
    assert answer["takenAt"] == "2026-01-31T00:00:00+00:00"
    stock, orders, base, exporter, sandbox = answer["repositories"]
    assert stock["repositoryName"] == "prod/stock"
    assert stock["scanning"] == {
        "scanType": "ENHANCED",
        "scanFrequency": "CONTINUOUS_SCAN",
        "rule": 1,
        "appliedScanFilters": ["prod/*"],
    }
    assert [
        (each["registryId"], each["region"], each["rules"], each["filters"], each["outcome"])
        for each in stock["replication"]
    ] == [
        ("777788889999", "eu-west-1", [0], ["prod/"], "UNKNOWN"),
        ("444455556666", "eu-central-1", [1], ["prod/stock"], "REPLICATED"),
        ("111122223333", "eu-central-1", [1], ["prod/stock"], "DENIED"),
    ]
    assert [each["deleteReplication"] for each in stock["replication"]] == [True, False, False]
    assert stock["templates"] == {
        "PULL_THROUGH_CACHE": "ROOT",
        "REPLICATION": "prod",
        "CREATE_ON_PUSH": "prod",
    }
    assert stock["imageTagMutability"] == "IMMUTABLE_WITH_EXCLUSION"
    assert stock["imageTagMutabilityExclusionFilters"] == ["latest*"]
    assert (stock["images"], stock["notKnown"]) == (2, [])
    assert orders["cacheRule"] is None
    assert base["scanning"]["appliedScanFilters"] == ["mirror"]
    assert exporter["cacheRule"] == {
        "ecrRepositoryPrefix": "quay",
        "upstreamRegistryUrl": "quay.io",
        "upstream": "quay.io/prometheus/node-exporter",
    }
    assert exporter["scanning"]["scanFrequency"] is None
    assert (sandbox["images"], sandbox["notKnown"]) == (None, ["images"])
    assert answer["destinations"][1] == {
        "registryId": "444455556666",
        "region": "eu-central-1",
        "rules": [1],
        "repositories": 2,
        "permitted": 1,
        "denied": 1,
        "unknown": 0,
    }
    assert answer["quotas"][0] == {
        "name": "Registered repositories",
        "unit": "repositories of a registry",
        "used": 5,
        "value": 100_000,
        "valueIn2023": 10_000,
        "isOver": False,
        "usedMostBy": None,
    }
    assert [each["about"] for each in answer["unknown"]] == ["images", "repository policy"]


def test_markdown(run: Run) -> None:
    ended = run("registry", "check", WAREHOUSE, *OTHERS, "--format", "markdown")
    assert ended.lines[:7] == [
        "**registry 777788889999 eu-central-1: 5 repositories, at 2026-01-31T00:00:00Z**",
        "",
        "scanning: ENHANCED, 2 rules; replication: 2 rules; cache: 2 rules; 2 templates",
        "",
        "| repository | scanning | replicas | cache | template | tags | images |",
        "|---|---|---|---|---|---|--:|",
        r"| prod/stock | continuous | 3, 1 denied | - | ROOT, prod | immutable\* | 2 |",
    ]
    assert "### replication" in ended.lines
    assert "| Images per repository | 2 | 100,000 | 10,000 | prod/stock |" in ended.lines
    assert ended.lines[-4] == r"> **not known, so shown as \`?\` and not counted:**"


# What is not known


def test_nothing_unknown_is_shown_as_known(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(
        registry(
            {"repositoryName": "web/app", "imageScanningConfiguration": {"scanOnPush": True}},
            scanningConfiguration=...,
            replicationConfiguration=...,
            pullThroughCacheRules=...,
            repositoryCreationTemplates=...,
        )
    )
    ended = run("registry", "check", "a.json")
    assert ended.lines[:7] == [
        "registry 111122223333 eu-central-1: 1 repository",
        "scanning: ?; replication: ?; cache: ?; templates: ?",
        "",
        "repository  scanning  replicas  cache  template  tags  images",
        "─────────────────────────────────────────────────────────────",
        "web/app     ?         ?         ?      ?         ?          ?",
        "",
    ]
    assert "replication" not in ended.lines
    text = " ".join(line.strip() for line in ended.lines)
    for command in (
        "get-registry-scanning-configuration",
        "describe-registry",
        "describe-pull-through-cache-rules",
        "describe-repository-creation-templates",
        "describe-images",
        "get-lifecycle-policy",
        "describe-repositories",
    ):
        assert f"give the output of `aws ecr {command}`" in text
    [each] = run("registry", "check", "a.json", "--format", "json").json["repositories"]
    unknown = ["scanning", "replication", "cacheRule", "templates", "imageTagMutability", "images"]
    assert each["notKnown"] == unknown
    assert [each[name] for name in unknown] == [None] * 6


def test_the_own_setting_of_scans_counts_where_the_registry_has_no_rules(
    folder: Path, run: Run
) -> None:
    untold = repository("web/b")
    del untold["imageScanningConfiguration"]
    on = {"imageScanningConfiguration": {"scanOnPush": True}}
    (folder / "a.json").write_text(registry(repository("web/a", **on), untold))
    lines = run("registry", "check", "a.json").lines
    assert lines[5].split()[:3] == ["web/a", "on", "push"]
    assert lines[6].split()[:2] == ["web/b", "?"]
    assert any(line.startswith("  scan on push of `web/b`: not in") for line in lines)
    ruled = registry(untold, scanningConfiguration=scanned("BASIC", SCAN_ON_PUSH=["prod"]))
    (folder / "b.json").write_text(ruled)
    lines = run("registry", "check", "b.json").lines
    assert lines[5].split()[:2] == ["web/b", "manual"]
    assert not any("not known, so" in line for line in lines)


def test_repositories_that_are_not_listed_are_not_known(folder: Path, run: Run) -> None:
    document = registry(**replicating(rule("444455556666 us-east-1")), repositories=...)
    (folder / "a.json").write_text(document)
    ended = run("registry", "check", "a.json")
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines[0] == "registry 111122223333 eu-central-1: repositories ?"
    assert ended.lines[5].split() == ["?"] * 7
    assert ended.lines[10].split() == ["444455556666", "us-east-1", "0", *["?"] * 4]
    assert ended.lines[-2:] == [
        "  repositories: not in the documents; give the output of `aws ecr",
        "    describe-repositories`",
    ]
    told = run("registry", "check", "a.json", "--format", "json").json
    assert told["repositories"] is None
    assert told["destinations"][0]["repositories"] is None
    assert "Registered repositories" not in [each["name"] for each in told["quotas"]]
    one = run("registry", "check", "a.json", "--repository", "web")
    assert one.code == 2
    assert one.err == (
        "ecrpolicy: no repository is listed: `web` cannot be explained; give the output of "
        "`aws ecr describe-repositories`\n"
    )
    new = run("registry", "check", "a.json", "--new-repository", "web")
    assert new.lines[-2:] == [
        "  repositories: not in the documents; give the output of `aws ecr",
        "    describe-repositories`",
    ]


def test_an_empty_list_of_repositories_is_one(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry())
    ended = run("registry", "check", "a.json")
    assert ended.lines[0] == "registry 111122223333 eu-central-1: 0 repositories"
    assert "?" not in ended.out
    assert run("registry", "check", "a.json", "--format", "json").json["repositories"] == []


def test_the_scope_of_a_policy_that_is_not_told_is_not_known(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry(registryPolicyText=letting_in(ACCOUNT, "ecr:*")))
    ended = run("registry", "check", "a.json")
    assert ended.lines[-2:] == [
        "  registry policy scope: not in the documents; give the output of `aws ecr",
        "    get-account-setting --name REGISTRY_POLICY_SCOPE`",
    ]


def test_what_was_refused_is_told(folder: Path, run: Run) -> None:
    refusals = {"scanningConfiguration": "AccessDeniedException: no", "registryPolicyText": "Other"}
    details = {"tags": "AccessDeniedException: not these"}
    document = registry(
        repository("web/a", refused=details),
        repository("web/b", refused=details),
        scanningConfiguration=...,
        refused=refusals,
    )
    (folder / "a.json").write_text(document)
    text = " ".join(line.strip() for line in run("registry", "check", "a.json").lines)
    assert (
        "scanning configuration: AccessDeniedException: no; allow the caller "
        "`aws ecr get-registry-scanning-configuration`"
    ) in text
    advice = "read it again, or give the output of `aws ecr get-registry-policy`"
    assert f"registry policy: Other; {advice}" in text
    assert (
        "tags of the repository of 2 repositories, such as `web/a`: AccessDeniedException: not "
        "these; allow the caller `aws ecr list-tags-for-resource`"
    ) in text


# Quotas, and many repositories


def test_what_is_over_its_quota_is_marked(folder: Path, run: Run) -> None:
    tags = [f"v{number}" for number in range(1001)]
    (folder / "a.json").write_text(registry(repository("web/a", imageDetails=[image("a", *tags)])))
    ended = run("registry", "check", "a.json")
    assert any(
        line.split()[:5] == ["Tags", "per", "image", "1,001,", "over"] for line in ended.lines
    )
    quotas = run("registry", "check", "a.json", "--format", "json").json["quotas"]
    assert [each["name"] for each in quotas if each["isOver"]] == ["Tags per image"]


def test_what_cannot_be_told_is_not_known(folder: Path, run: Run) -> None:
    """Texts that are no policies have no rules, and tags that nobody can set are none."""
    (folder / "a.json").write_text(
        registry(
            repository(
                "web/app",
                lifecyclePolicyText="none",
                policyText="none",
                tags=[{"Key": "a?b", "Value": ""}],
            )
        )
    )
    lines = run("registry", "check", "a.json").lines
    assert not any(line.startswith("Rules per lifecycle policy") for line in lines)
    at = lines.index("not known, so shown as `?` and not counted:")
    assert lines[at + 1 :] == [
        "  lifecycle policy of `web/app`: what the documents have in its place is no",
        "    policy; give the output of `aws ecr get-lifecycle-policy`",
        "  repository policy of `web/app`: what the documents have in its place is no",
        "    policy; give the output of `aws ecr get-repository-policy`",
        "  tags of the repository of `web/app`: the key `a?b` has the character `?`: the",
        "    service keeps no such tag; give the output of `aws ecr",
        "    list-tags-for-resource`",
    ]
    answer = run("registry", "check", "a.json", "--format", "json").json
    assert [(each["about"], each["repositories"]) for each in answer["unknown"]] == [
        ("lifecycle policy", ["web/app"]),
        ("repository policy", ["web/app"]),
        ("tags of the repository", ["web/app"]),
    ]
    assert "Rules per lifecycle policy" not in [each["name"] for each in answer["quotas"]]


def test_a_long_table_is_cut(folder: Path, run: Run) -> None:
    names = [f"team-{number}/web" for number in range(502)]
    (folder / "a.json").write_text(registry(*map(repository, names)))
    for form in ("text", "markdown"):
        words = ("registry", "check", "a.json", "--format", form)
        shown = run(*words).out
        assert "team-499/web" in shown
        assert "team-500/web" not in shown
        assert "and 2 repositories more: " in shown
        assert "team-501/web" in run(*words, "--all").out
        assert "repositories more" not in run(*words, "--all").out
    assert len(run("registry", "check", "a.json", "--format", "json").json["repositories"]) == 502


def test_it_fits_80_columns(folder: Path, run: Run) -> None:
    long = "a" * 120
    there = rule("444455556666 ap-southeast-1", "555566667777 us-west-2")
    document = registry(
        *(repository(f"{long}/{number}") for number in range(3)),
        repository("quay/x", imageTagMutability="IMMUTABLE"),
        pullThroughCacheRules=[
            {"ecrRepositoryPrefix": "a" * 30, "upstreamRegistryUrl": "quay.io"},
            {"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"},
        ],
        repositoryCreationTemplates=[
            {"prefix": "a" * 120, "appliedFor": ["REPLICATION"]},
            {"prefix": "ROOT", "appliedFor": ["REPLICATION", "CREATE_ON_PUSH"]},
        ],
        scanningConfiguration=scanned("ENHANCED", CONTINUOUS_SCAN=["a"]),
        **replicating(*[there] * 10),
    )
    (folder / "a.json").write_text(document)
    lines = run("registry", "check", "a.json").lines
    assert [line for line in lines if len(line) > 80] == []
    assert sum(line.count("a") for line in lines) > 3 * 120


# Documents


def test_documents_of_one_registry_are_read_together(folder: Path, run: Run) -> None:
    (folder / "all.json").write_text(registry(repository("web/app")))
    (folder / "a.json").write_text(
        registry(repository("web/app"), pullThroughCacheRules=..., scanningConfiguration=...)
    )
    (folder / "b.json").write_text('{"pullThroughCacheRules": []}')
    (folder / "c.json").write_text('{"scanningConfiguration": {"scanType": "BASIC", "rules": []}}')
    whole = run("registry", "check", "all.json")
    assert run("registry", "check", "a.json", "--more", "b.json", "--more", "c.json") == whole
    several = "\n".join((folder / name).read_text() for name in ("a.json", "b.json", "c.json"))
    assert run("registry", "check", "-", stdin=several) == whole


def test_the_region_can_be_told(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry(repository("web/app"), region=...))
    assert refused(run("registry", "check", "a.json"))[0].startswith(
        "ecrpolicy: a.json: nothing here tells the Region"
    )
    ended = run("registry", "check", "a.json", "--region", "us-east-1")
    assert ended.lines[0] == "registry 111122223333 us-east-1: 1 repository"
