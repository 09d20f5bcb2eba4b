"""The page of all findings about a registry names every one of them, and no other."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.registries import read_registry
from tests.docs.examples import ROOT
from tests.test_reference_registry import carried_out, cases

PAGE = (ROOT / "docs" / "reference" / "registry-findings.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))

# Where the findings of each section are made.
MADE_IN = {
    "Members": "document/shape.py",
    "Scanning": "scanning/parse.py",
    "Replication": "replication/parse.py",
    "Prefixes and roles": "caching/prefixes.py caching/roles.py",
    "Pull through cache rules": "caching/rule_problems.py",
    "Repository creation templates": "caching/template_problems.py",
    "Names and tags": "tagging.py",
}
# No setting of a registry has a number.
OF_OTHER_DOCUMENTS = {"number-too-small"}
# About policies within templates, in whose text it stands.
OF_POLICIES = ("repositoryPolicy", "lifecyclePolicy")

PACKAGE = ROOT / "ecrpolicy"


def names(*modules: Path) -> set[str]:
    """The names of the findings that some modules make."""
    return {
        name
        for module in modules
        for name in re.findall(r'\bProblem\(\s*"([a-z-]+)"', module.read_text("utf-8"))
    }


def told(section: str) -> list[str]:
    """The names that a section tells."""
    return re.findall(r"^\| `([a-z-]+)` \|", SECTIONS[section], re.MULTILINE)


@pytest.mark.parametrize("section", MADE_IN)
def test_a_section_names_what_is_made_for_it(section: str) -> None:
    made = names(*(PACKAGE / module for module in MADE_IN[section].split()))
    assert len(told(section)) == len(set(told(section)))
    assert set(told(section)) == made - OF_OTHER_DOCUMENTS


def test_no_findings_are_made_elsewhere() -> None:
    known = {PACKAGE / module for modules in MADE_IN.values() for module in modules.split()}
    packages = ("scanning", "replication", "caching")
    modules = [each for package in packages for each in (PACKAGE / package).glob("*.py")]
    assert {each for each in modules if names(each)} <= known


def documents() -> Iterator[dict[str, Any]]:
    """The registries of all cases with something wrong in them, and some that are none."""
    home = {"registryId": "111122223333", "region": "us-east-1"}
    for file, name, member in (
        ("scanning-invalid", "configuration", "scanningConfiguration"),
        ("replication-invalid", "configuration", "replicationConfiguration"),
        ("caching-invalid", "rules", "pullThroughCacheRules"),
        ("templates-invalid", "templates", "repositoryCreationTemplates"),
    ):
        for case in cases(file):
            yield {**home, member: carried_out(case[name])}
    yield {**home, "repositories": [{"repositoryName": "A"}]}
    yield {}


def test_what_is_said_of_registries_stands_there() -> None:
    on_page = {name for section in SECTIONS for name in told(section)}
    said = set()
    for document in documents():
        try:
            read_registry(Source(json.dumps(document).encode()), with_settings=True)
        except EcrPolicyError as error:
            said |= {
                each.rule
                for each in error.findings
                if not each.location.pointer.endswith(OF_POLICIES)
            }
    assert said <= on_page
    assert len(said) > 40
