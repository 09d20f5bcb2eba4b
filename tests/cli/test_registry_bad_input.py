"""Documents of registries that cannot be used: findings with their places; exit code 2."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.registry_documents import (
    prefixes,
    registry,
    replicating,
    repository,
    rule,
    scanned,
)
from tests.cli.running import Run
from tests.cli.test_bad_input import refused
from tests.render import hostile

CHECK = ("registry", "check", "a.json")
PUSH = ("registry", "push", "a.json", "web/app:v1")
GRAPH = ("registry", "graph", "a.json")
EVERY = (CHECK, PUSH, GRAPH)
SAID = "  the service would say: "
PARAMETER = "InvalidParameterException: Invalid parameter at "


def said(folder: Path, run: Run, *documents: str, **members: Any) -> list[str]:
    """What each of the commands says, which is the same."""
    text = registry(repository("web/app"), **members)
    (folder / "a.json").write_text("\n".join(documents) or text)
    lines = [refused(run(*words)) for words in EVERY]
    assert lines[0] == lines[1] == lines[2]
    return lines[0]


# Replication


def test_11_replication_rules(folder: Path, run: Run) -> None:
    several = [rule("111122223333 us-east-1")] * 11
    first, second = said(folder, run, **replicating(*several))
    assert first == (
        "ecrpolicy: a.json:9:12: a replication configuration has 10 rules at most, not 11; join "
        "rules that have the same destinations (at `/replicationConfiguration/rules`)"
    )
    assert second.startswith(f"{SAID}{PARAMETER}'replicationConfiguration.rules'")


def test_26_destinations(folder: Path, run: Run) -> None:
    places = [f"{200000000000 + number} us-east-1" for number in range(26)]
    first, second = said(folder, run, **replicating(rule(*places)))
    assert first.startswith(
        "ecrpolicy: a.json:9:12: all rules together have 25 unique destinations at most, not 26; "
    )
    assert second.startswith(f"{SAID}{PARAMETER}'replicationConfiguration.rules'")


def test_the_own_registry_as_a_destination(folder: Path, run: Run) -> None:
    first, second = said(folder, run, **replicating(rule("111122223333 eu-central-1")))
    assert first == (
        "ecrpolicy: a.json:12:6: the destination is the registry itself; name another Region or "
        "another account (at `/replicationConfiguration/rules/0/destinations/0`)"
    )
    assert second == (
        f"{SAID}{PARAMETER}'replicationConfiguration' failed to satisfy constraint: 'Replication "
        "destination cannot be the same as the source registry'"
    )


def test_an_unknown_region_as_a_destination(folder: Path, run: Run) -> None:
    lines = said(folder, run, **replicating(rule("111122223333 eu-west-9")))
    assert lines[0].startswith(
        "ecrpolicy: a.json:14:17: `eu-west-9` is no Region that is known; write `eu-west-"
    )


def test_a_filter_that_begins_no_name(folder: Path, run: Run) -> None:
    bad = rule("111122223333 us-east-1", **prefixes("Prod"))
    first, second = said(folder, run, **replicating(bad))
    assert first.startswith("ecrpolicy: a.json:19:17: `Prod` can be the beginning of no rep")
    assert second.startswith(f"{SAID}{PARAMETER}'replicationConfiguration.rules.1.member.")


# Scanning, names, caches, templates


def test_a_scanning_filter_that_is_part_of_no_name(folder: Path, run: Run) -> None:
    configuration = scanned("BASIC", SCAN_ON_PUSH=["Prod"])
    first, second = said(folder, run, scanningConfiguration=configuration)
    assert first.startswith("ecrpolicy: a.json:11:17: `Prod` can be part of no repository name;")
    assert second.startswith(f"{SAID}{PARAMETER}'rules.1.member.repositoryFilters.1.member.filter'")


def test_names_in_upper_case(folder: Path, run: Run) -> None:
    first, second = said(folder, run, registry(repository("web/app"), repository("Web/App")))
    assert first.endswith("(at `/repositories/1/repositoryName`)")
    assert "a.json:24:22: `Web/App` is no name of a repository; use lower-case" in first
    assert second.startswith(f"{SAID}{PARAMETER}'repositoryName' failed to satisfy constraint")


@pytest.mark.parametrize(
    ("member", "prefix", "each", "text"),
    [
        (
            "pullThroughCacheRules",
            "ecrRepositoryPrefix",
            {"upstreamRegistryUrl": "quay.io"},
            "PullThroughCacheRuleAlreadyExistsException: ",
        ),
        (
            "repositoryCreationTemplates",
            "prefix",
            {"appliedFor": ["REPLICATION"]},
            "TemplateAlreadyExistsException: ",
        ),
    ],
)
def test_root_twice(
    folder: Path, run: Run, member: str, prefix: str, each: dict[str, Any], text: str
) -> None:
    twice = [{prefix: "ROOT", **each}] * 2
    first, second = said(folder, run, **{member: twice})
    assert first.startswith("ecrpolicy: a.json:")
    assert "an earlier one has the prefix `ROOT` already; keep one of the two" in first
    assert first.endswith(f"(at `/{member}/1/{prefix}`)")
    assert second.startswith(f"{SAID}{text}")


def test_51_cache_rules(folder: Path, run: Run) -> None:
    rules = [
        {"ecrRepositoryPrefix": f"quay-{number}", "upstreamRegistryUrl": "quay.io"}
        for number in range(51)
    ]
    first, second = said(folder, run, pullThroughCacheRules=rules)
    assert "a registry has 50 pull through cache rules at most, not 51" in first
    assert second.startswith(f"{SAID}LimitExceededException: ")


# Documents


def test_what_concerns_several_documents_stands_in_the_later_one(folder: Path, run: Run) -> None:
    cached = {"ecrRepositoryPrefix": "ROOT", "upstreamRegistryUrl": "quay.io"}
    (folder / "a.json").write_text(registry(pullThroughCacheRules=[cached]))
    (folder / "b.json").write_text(json.dumps({"pullThroughCacheRules": [cached]}))
    first, second = refused(run(*CHECK, "--more", "b.json"))
    assert first == (
        "ecrpolicy: b.json:1:52: an earlier one has the prefix `ROOT` already; keep one of the two "
        "(at `/pullThroughCacheRules/0/ecrRepositoryPrefix`)"
    )
    assert second.startswith(f"{SAID}PullThroughCacheRuleAlreadyExistsException: ")


def test_a_repository_twice(folder: Path, run: Run) -> None:
    (line,) = said(folder, run, registry(repository("web/app"), repository("web/app")))
    assert line == (
        "ecrpolicy: a.json:24:22: the repository `web/app` stands twice; give each repository once "
        "(at `/repositories/1/repositoryName`)"
    )


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words[1])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a.json:1:1: the text is empty"),
        ("{", "a.json:1:2: "),
        ("[]", "a.json"),
        ("7", "a.json"),
        ("{}", "a.json:1:1: nothing here tells of a registry"),
        ('{"repositories": 7}', "a.json:1:18: expected a list"),
        ('{"repositories": [{"repositoryName": 7}]}', "a.json:1:38: expected a string"),
        ('{"repositories": []}', "a.json: nothing here tells the account and the Region"),
        ('{"registryId": "1", "region": "us-east-1", "repositories": []}', "`1` is no account"),
        ('{"repositories": [], "nextToken": "x"}', "the listing of repositories stops at a"),
        ('{"scanningConfiguration": []}', "a.json:1:27: expected an object"),
    ],
)
def test_what_is_no_registry(
    folder: Path, run: Run, words: tuple[str, ...], text: str, expected: str
) -> None:
    (folder / "a.json").write_text(text)
    lines = refused(run(*words))
    assert expected in lines[0]


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words[1])
def test_a_file_that_is_not_there(run: Run, words: tuple[str, ...]) -> None:
    assert refused(run(*words)) == ["ecrpolicy: `a.json` is not there: check the path"]


def test_a_region_that_is_not_known(folder: Path, run: Run) -> None:
    (line,) = said(folder, run, region="eu-west-9")
    assert line == (
        "ecrpolicy: a.json:3:12: `eu-west-9` is no Region that is known; write `eu-west-3` (at "
        "`/region`)"
    )
    (folder / "a.json").write_text(registry(region=...))
    (line,) = refused(run(*CHECK, "--region", "mars"))
    assert line.startswith("ecrpolicy: --region: `mars` is no Region that is known; write ")


def test_a_region_against_that_of_the_documents(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry())
    assert refused(run(*CHECK, "--region", "us-east-1")) == [
        "ecrpolicy: a.json:3:12: these documents are of the Region `eu-central-1`, not of "
        "`us-east-1`; leave the Region out, or give those of the other (at `/region`)"
    ]


def test_documents_of_two_registries_are_not_one(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry())
    (folder / "b.json").write_text(registry(registryId="444455556666"))
    assert refused(run(*CHECK, "--more", "b.json")) == [
        "ecrpolicy: b.json:2:16: this document is of the registry `444455556666`, an earlier one "
        "of `111122223333`; give the documents of one registry together (at `/registryId`)"
    ]


def test_a_registry_is_given_once(folder: Path, run: Run) -> None:
    for name in ("a.json", "b.json"):
        (folder / name).write_text(registry(repository("web/app")))
    both = "ecrpolicy: `a.json` and `b.json` are both of the registry 111122223333 eu-central-1: "
    for words in (CHECK, PUSH):
        assert refused(run(*words, "--other", "b.json")) == [
            f"{both}give further documents of it with `--more`"
        ]
    assert refused(run(*GRAPH, "b.json")) == [
        f"{both}put the documents of one registry into one file"
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("registry", "check", "-", "--more", "-"),
        ("registry", "push", "-", "web/app:v1", "--other", "-"),
        ("registry", "graph", "-", "-"),
    ],
    ids=lambda words: words[1],
)
def test_standard_input_is_read_once(run: Run, words: tuple[str, ...]) -> None:
    assert refused(run(*words, stdin=registry())) == [
        "ecrpolicy: standard input can be read once: give the others as files"
    ]


def test_findings_of_another_registry_name_its_file(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text(registry())
    (folder / "b.json").write_text(registry(repository("B"), region="us-east-1"))
    first, _ = refused(run(*CHECK, "--other", "b.json"))
    assert first.startswith("ecrpolicy: b.json:")


# Registry policies

MISSPELT = json.dumps({"Statement": [{"Effect": "allow"}]}, indent=1)


def test_a_registry_policy_that_is_none(folder: Path, run: Run) -> None:
    lines = said(folder, run, registryPolicyText=MISSPELT)
    place = "ecrpolicy: a.json:24:24: "
    at = "(at `/registryPolicyText`)"
    assert all(line.startswith(place) and line.endswith(at) for line in lines)
    said_of_effect = "`allow` is no effect (in its text at 4:14); write `Allow` or `Deny`"
    assert f"{place}{said_of_effect} {at}" in lines


def test_a_registry_policy_that_stands_there_as_an_object(folder: Path, run: Run) -> None:
    lines = said(folder, run, registryPolicyText=json.loads(MISSPELT))
    assert (
        "ecrpolicy: a.json:27:15: `allow` is no effect; write `Allow` or `Deny` (at "
        "`/registryPolicyText/Statement/0/Effect`)"
    ) in lines


def test_a_registry_policy_of_another_registry_that_is_none(folder: Path, run: Run) -> None:
    """Nothing is printed: not half an answer either."""
    (folder / "a.json").write_text(
        registry(repository("web/app"), **replicating(rule("444455556666 us-east-1")))
    )
    other = registry(registryId="444455556666", region="us-east-1", registryPolicyText=MISSPELT)
    (folder / "b.json").write_text(other)
    for words in ((*CHECK, "--other", "b.json"), (*PUSH, "--other", "b.json"), (*GRAPH, "b.json")):
        lines = refused(run(*words))
        assert all(line.startswith("ecrpolicy: b.json:14:24: ") for line in lines)
        assert any("(in its text at 4:14)" in line for line in lines)


# Many findings


def test_no_setting_hides_the_next(folder: Path, run: Run) -> None:
    wrong = [f"A{number}" for number in range(99)]
    lines = said(
        folder,
        run,
        scanningConfiguration=scanned("BASIC", SCAN_ON_PUSH=wrong, MANUAL=wrong),
        **replicating(rule("111122223333 eu-west-9")),
    )
    told = [line for line in lines if not line.startswith(SAID)]
    assert len(told) == 21
    assert sum("can be part of no repository name" in line for line in told) == 19
    assert sum("`eu-west-9` is no Region that is known" in line for line in told) == 1
    # Of 198 filters, 19 are told.
    assert told[-1] == "ecrpolicy: and 179 findings more"


# Hostile text


@pytest.mark.parametrize("text", hostile.HOSTILE)
def test_hostile_text_is_escaped_or_refused(folder: Path, run: Run, text: str) -> None:
    """Whatever stands in a document, no output has a character that steers a terminal."""
    documents = [
        registry(repository(text)),
        registry(region=text),
        registry(registryId=text),
        registry(repository("web/app", imageTagMutability=text)),
        registry(repository("web/app", refused={"policyText": f"{text}: {text}"})),
        registry(repository("web/app"), refused={"scanningConfiguration": text}),
        registry(**replicating(rule("111122223333 us-east-1", **prefixes(text)))),
        registry(scanningConfiguration=scanned("BASIC", SCAN_ON_PUSH=[text])),
        registry(repository("web/app", imageDetails=[image_of(text)])),
        registry(pullThroughCacheRules=[{"ecrRepositoryPrefix": text}]),
        registry(
            pullThroughCacheRules=[{"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": text}]
        ),
        registry(repositoryCreationTemplates=[{"prefix": text, "appliedFor": [text]}]),
        json.dumps({text: text}),
    ]
    for document in documents:
        (folder / "a.json").write_text(document)
        for words in (
            *EVERY,
            (*CHECK, "--format", "markdown"),
            (*CHECK, "--repository", "web/app"),
        ):
            ended = run(*words)
            for line in (ended.out + ended.err).split("\n"):
                assert line.isprintable(), line


def image_of(text: str) -> dict[str, Any]:
    """An image whose tag is a text."""
    return {
        "imageDigest": "sha256:" + "a" * 64,
        "imageTags": [text],
        "imagePushedAt": "2026-01-01T00:00:00+00:00",
    }


@pytest.mark.parametrize("text", hostile.CONTROLS)
def test_hostile_arguments_are_escaped(folder: Path, run: Run, text: str) -> None:
    (folder / "a.json").write_text(registry(repository("web/app")))
    for words in (
        (*CHECK, "--repository", text),
        (*CHECK, "--new-repository", text),
        (*CHECK, "--region", text),
        ("registry", "push", "a.json", f"{text}:v1"),
        ("registry", "push", "a.json", f"web/app:v{text}"),
    ):
        ended = run(*words)
        assert ended.code in (1, 2)
        for line in (ended.out + ended.err).split("\n"):
            assert line.isprintable(), line
