"""What may not act, and why pulls through a cache fail, in every format."""

import io

from rich.console import Console

from ecrpolicy.render import (
    outline,
    registry_json,
    registry_markdown,
    registry_text,
    repository_outline,
)
from ecrpolicy.replication import Topology
from ecrpolicy.scanning import Circumstances
from ecrpolicy.settings import Settings, Survey
from ecrpolicy.snapshot import Registry, Repository, TagMutability
from tests.builders import NOW
from tests.registry_builders import HOME, cache

WEB = Repository("quay/web", images=(), image_tag_mutability=TagMutability.IMMUTABLE)
HEAD = "may not act, by what the documents say of Regions:"
DOUBT = "no cache rules can be made in `cn-north-1`"
NOT_FOUND = "manifest unknown: Requested image not found"
NO_NAME = (
    f"name unknown: The repository with name 'quay/api' does not exist in the registry with id "
    f"'{HOME}'"
)
KEPT = "tags are immutable: once cached, they are not renewed from upstream"


def survey(region: str = "cn-north-1", partition: str = "aws-cn") -> Survey:
    home = Registry(
        HOME,
        region,
        partition,
        repositories=(WEB,),
        pull_through_cache_rules=(cache("quay"),),
        repository_creation_templates=(),
    )
    return Survey(Settings.of(home), Topology((home,)))


def explained(found: Survey) -> str:
    lines = repository_outline.explained(found, "quay/web", Circumstances(NOW))
    return outline.text(lines, 400)


def foreseen(found: Survey) -> str:
    return outline.text(repository_outline.foreseen(found, "quay/api"), 400)


def test_people_read_what_may_not_act_under_a_line_of_its_own() -> None:
    file = io.StringIO()
    registry_text.check(survey(), Console(file=file, width=400))
    for text in (file.getvalue(), explained(survey()), foreseen(survey())):
        assert f"{HEAD}\n  {DOUBT}" in text
    assert f"> **{HEAD}**" in registry_markdown.check(survey()).replace("\\", "")
    assert HEAD not in explained(survey("us-east-1", "aws"))


def test_json_has_the_doubts_of_each_document() -> None:
    at = Circumstances(NOW)
    for document in (
        registry_json.check(survey()),
        registry_json.explained(survey(), "quay/web", at),
        registry_json.foreseen(survey(), "quay/api"),
    ):
        [doubt] = document["regionalDoubts"]
        assert (doubt["lacking"], doubt["region"]) == ("CACHE_RULES", "cn-north-1")
        assert doubt["accounts"] == []
        assert doubt["reason"].startswith(DOUBT)
    assert registry_json.check(survey("us-east-1", "aws"))["regionalDoubts"] == []


def test_below_the_cache_rule_stands_what_can_go_wrong() -> None:
    there, missing = explained(survey()), foreseen(survey())
    assert f"no such image: `{NOT_FOUND}`\n  {KEPT}\n" in there
    assert f"`ecr:CreateRepository` is told: `{NO_NAME}`\n" in missing
    assert "does not exist" not in there
    assert KEPT not in missing


def test_json_has_what_can_go_wrong_with_the_cache_rule() -> None:
    rule = registry_json.explained(survey(), "quay/web", Circumstances(NOW))["cacheRule"]
    assert [each["serviceText"] for each in rule["troubles"]] == [NOT_FOUND, None]
    rule = registry_json.foreseen(survey(), "quay/api")["cacheRule"]
    assert [each["serviceText"] for each in rule["troubles"]] == [NO_NAME, NOT_FOUND]
