"""From documents to findings, and what silences them."""

import json

from ecrpolicy.finding import Location, Severity
from ecrpolicy.lint import Kind
from ecrpolicy.lint.engine import Context, LintFinding, lint
from ecrpolicy.lint.facts import installed
from ecrpolicy.lint.found import Excerpt, Reading, SourceText
from ecrpolicy.lint.json_places import read_json
from ecrpolicy.lint.selection import Selection
from tests.lint.commented import TRIPS, commented, found_in

LOCAL = '{"rules": [{"rulePriority": 1, "selection": {"storageClass": "standard"}}]}'


def reading(text: str = TRIPS, kind: Kind = Kind.IDENTITY, file: str = "a.json") -> Reading:
    return read_json(Excerpt.whole(SourceText(file, text)), kind)


def found(text: str = TRIPS, kind: Kind = Kind.IDENTITY, **selection: object) -> list[LintFinding]:
    return lint(reading(text, kind), Context(Selection(**selection)))  # type: ignore[arg-type]


def only(rule: str, text: str = TRIPS, kind: Kind = Kind.IDENTITY) -> LintFinding:
    [each] = found(text, kind, select=frozenset({rule}))
    return each


def test_a_finding_has_its_place() -> None:
    each = only("missing-effect")
    at = TRIPS.index('{"Action"')
    assert each.finding.location == Location("a.json", 1, at + 1, "/Statement")
    assert each.end == (1, len(TRIPS))
    assert (each.kind, each.document, each.changes) == (Kind.IDENTITY, "", ())


def test_the_answer_of_the_service_is_whole() -> None:
    each, *_ = found(LOCAL, Kind.LIFECYCLE, select=frozenset({"missing-member"}))
    assert each.service_text is not None
    assert each.service_text.startswith("Invalid parameter at 'LifecyclePolicyText'")


def test_a_fix_has_its_changes() -> None:
    each = only("explicit-standard", LOCAL, Kind.LIFECYCLE)
    [change] = each.changes
    assert LOCAL[change.start : change.end] == '"storageClass": "standard"'


def test_findings_stand_in_the_order_of_the_file() -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": [{"Action": "ecr*:Put"}, {}]})
    places = [each.span for each in found(text)]
    assert places == sorted(places)
    assert len(places) > 2


def test_rules_are_selected_by_name_and_by_family() -> None:
    assert {each.rule for each in found(select=frozenset({"iam"}))} >= {"missing-effect"}
    assert found(select=frozenset({"lifecycle"})) == []
    assert found(select=frozenset({"iam"}), ignore=frozenset({"iam"})) == []
    assert found(select=frozenset({"missing-effect"}), ignore=frozenset({"missing-effect"})) == []


def test_severities_are_those_that_somebody_wants() -> None:
    wanted = {"missing-effect": Severity.SUGGESTION}
    [each] = found(select=frozenset({"missing-effect"}), severities=wanted)
    assert each.severity is each.finding.severity is Severity.SUGGESTION


def test_a_problem_may_be_less_grave_than_its_rule() -> None:
    rule, text = (
        "invalid-arn-resource",
        json.dumps(
            {
                "Statement": {
                    "Effect": "Allow",
                    "Action": "*",
                    "Resource": "arn:aws:waf::*:changetoken/*",
                }
            }
        ),
    )
    for severities, severity in (
        ({}, Severity.WARNING),
        ({rule: Severity.ERROR}, Severity.ERROR),
        ({rule: Severity.SUGGESTION}, Severity.SUGGESTION),
    ):
        selection = Selection(frozenset({rule}), severities=severities)
        [each] = lint(reading(text), Context(selection, installed()))
        assert each.severity is severity


def test_what_cannot_be_read_is_told_under_its_rule() -> None:
    [each] = found('{"Statement": nul}')
    assert (each.rule, each.kind, each.severity) == ("json-syntax-error", None, Severity.ERROR)
    assert found('{"Statement": nul}', ignore=frozenset({"syntax"})) == []


def test_a_fingerprint_knows_no_lines_and_no_file() -> None:
    moved = lint(reading("\n\n " + TRIPS, file="b.json"), Context())
    assert [each.fingerprint for each in moved] == [each.fingerprint for each in found()]


def test_fingerprints_of_two_rules_differ() -> None:
    several = found('{"Version": "2012-10-17", "Statement": [{}, {}]}')
    assert len({each.fingerprint for each in several}) == len(several)


def test_what_is_known_is_left_out() -> None:
    told = lint(reading(), Context(), is_known=lambda each: each.rule == "missing-effect")
    assert "missing-effect" not in {each.rule for each in told}
    assert "missing-effect" in {each.rule for each in found()}


def test_a_comment_is_about_the_next_line_that_is_more_than_a_comment() -> None:
    text = "# ecrpolicy: ignore[missing-effect]\n# because\n\n  // so\nTRIPS"
    assert found_in(text) == []


def test_a_comment_behind_something_is_about_its_own_line() -> None:
    text = "x = 1 # ecrpolicy: ignore[missing-effect]\nTRIPS"
    assert [rule for rule, *_ in found_in(text)] == ["unused-ignore", "missing-effect"]


def test_a_comment_at_an_anchor_is_about_the_whole_document() -> None:
    text = "resource x { # ecrpolicy: ignore[missing-effect]\n\n\nTRIPS"
    assert [rule for rule, *_ in found_in(text)] == ["unused-ignore", "missing-effect"]
    assert found_in(text, anchors=(3,)) == []


def test_a_comment_silences_what_cannot_be_read() -> None:
    source = SourceText("main.tf", "x = { # ecrpolicy: ignore[json-syntax-error]", ("#",))
    assert lint(read_json(Excerpt.whole(source), Kind.SCP), Context()) == []


def test_a_format_without_comments_has_none() -> None:
    assert [each.rule for each in found('{"a": "# ecrpolicy: ignore[x]"}', Kind.SCANNING)] != [
        "invalid-ignore"
    ]


def test_what_is_wrong_with_a_comment_can_be_ignored() -> None:
    text = "# ecrpolicy: ignore[missing-principal, no-such]\nTRIPS"
    wrong = ["invalid-ignore", "unused-ignore"]
    told = {rule for rule, *_ in found_in(text)}
    assert told == {"missing-effect", *wrong}
    assert {rule for rule, *_ in found_in(text, ignore=wrong)} == {"missing-effect"}
    assert {rule for rule, *_ in found_in(text, ignore=["missing-principal"])} == {
        "missing-effect",
        "invalid-ignore",
    }


def test_of_several_files_each_has_its_own_comments() -> None:
    one = commented("# ecrpolicy: ignore[missing-effect]\nTRIPS")
    both = Reading.joined((one, commented("TRIPS")))
    assert [each.rule for each in lint(both, Context())] == ["missing-effect"]
