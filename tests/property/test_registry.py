"""What must hold of the settings of every registry, and of every document that may be one."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import caching, replication, scanning, tagging
from ecrpolicy import settings as registry_settings
from ecrpolicy.caching import Cause
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Finding
from ecrpolicy.replication import Destination, Topology
from ecrpolicy.scanning import Duration, ScanStatus
from ecrpolicy.settings import Settings
from ecrpolicy.snapshot import Image, Registry, Repository
from ecrpolicy.tagging import Change
from ecrpolicy.wildcard import ScanFilter, ScanFilters
from tests import registry_answers, registry_cases, registry_words
from tests.differential_registry import disagreement
from tests.property.strategies import json_like_texts, json_values
from tests.reference import registry as reference
from tests.registry_cases import Case, Json

# Hypothesis chooses whatever is random, so that it finds the simplest case there is.
RANDOM = st.randoms(use_true_random=False)
CASES = RANDOM.map(registry_cases.random_case)
NAMES = st.sampled_from(registry_words.NAMES) | st.text("ab/-", min_size=1, max_size=12)
FILTERS = st.text("ab*/", max_size=8) | st.lists(
    st.sampled_from(("a", "ab", "*", "**", "-", "a-long-beginning-")), max_size=12
).map("".join)


def made(kind: str) -> st.SearchStrategy[Any]:
    """Settings of a kind that the service would keep."""
    return RANDOM.map(lambda random: registry_cases.random_configuration(random, kind))


def _registry(random: Random) -> Registry:
    making = registry_cases.random_configuration
    names = random.sample(registry_words.NAMES, random.randrange(1, 6))
    return Registry(
        registry_words.HOME,
        registry_words.REGIONS[0],
        repositories=tuple(
            Repository(name, scan_on_push=random.choice((None, False, True))) for name in names
        ),
        scanning_configuration=making(random, "scanning"),
        replication_configuration=making(random, "replication"),
        pull_through_cache_rules=tuple(making(random, "cache_rules")),
        repository_creation_templates=tuple(making(random, "templates")),
    )


REGISTRIES = RANDOM.map(_registry)


@given(case=CASES)
def test_a_question_is_answered_as_by_the_reference(case: Case) -> None:
    answer = getattr(reference, case.function)(**case.arguments)
    assert disagreement(case, answer) is None


# Filters


@given(text=FILTERS, name=NAMES)
def test_a_scan_filter_matches_what_every_way_to_read_it_matches(text: str, name: str) -> None:
    assert ScanFilter.compile(text).matches(name) is reference.filter_matches(text, name)


@given(texts=st.lists(FILTERS, max_size=8), name=NAMES)
def test_of_several_scan_filters_the_first_that_matches_is_found(
    texts: list[str], name: str
) -> None:
    matching = [number for number, text in enumerate(texts) if reference.filter_matches(text, name)]
    assert ScanFilters.compile(texts).first_match(name) == (matching[0] if matching else None)


@given(configuration=made("scanning"), name=NAMES)
def test_filters_that_win_and_filters_that_lose_are_those_that_match(
    configuration: Json, name: str
) -> None:
    found = scanning.evaluate(scanning.parse(configuration), Repository(name))
    won = [(found.rule, text) for text in found.applied]
    assert sorted([*won, *found.lost]) == sorted(
        (number, each["filter"])
        for number, rule in enumerate(configuration["rules"])
        for each in rule["repositoryFilters"]
        if reference.filter_matches(each["filter"], name)
    )
    assert (found.filter in found.applied) is (found.rule is not None)


@given(configuration=made("scanning"), names=st.lists(NAMES, max_size=6))
def test_repositories_are_scanned_together_as_they_are_one_by_one(
    configuration: Json, names: list[str]
) -> None:
    read = scanning.parse(configuration)
    repositories = [Repository(name) for name in names]
    together = list(scanning.evaluate_all(read, repositories))
    assert together == [scanning.evaluate(read, each) for each in repositories]
    assert [found.repository for found in together] == names


@given(configuration=made("scanning"), name=NAMES, random=RANDOM)
def test_the_order_of_filters_and_rules_makes_no_difference_to_how_a_repository_is_scanned(
    configuration: Json, name: str, random: Random
) -> None:
    turned = json.loads(json.dumps(configuration))
    for rule in turned["rules"]:
        random.shuffle(rule["repositoryFilters"])
    turned["rules"].reverse()
    before = scanning.evaluate(scanning.parse(configuration), Repository(name))
    after = scanning.evaluate(scanning.parse(turned), Repository(name))
    assert (after.frequency, after.source) == (before.frequency, before.source)
    assert sorted(after.applied) == sorted(before.applied)


@given(configuration=made("scanning"), name=NAMES)
def test_an_explanation_says_of_each_filter_what_is_so(configuration: Json, name: str) -> None:
    found = scanning.evaluate(scanning.parse(configuration), Repository(name))
    explanation = found.explain()
    assert [(each.filter, each.matches) for each in explanation.filters] == [
        (each["filter"], reference.filter_matches(each["filter"], name))
        for rule in configuration["rules"]
        for each in rule["repositoryFilters"]
    ]
    assert explanation.text().count(" and wins") == len(found.applied)
    assert explanation.text().count(" and loses") == len(found.lost)
    assert explanation.to_json()["appliedScanFilters"] == list(found.applied)


_DAYS = st.integers(0, 400).map(lambda days: timedelta(days=days))


@given(
    configuration=made("scanning"),
    age=_DAYS,
    later=_DAYS,
    duration=st.sampled_from(Duration),
    since=st.none() | _DAYS,
)
def test_an_image_that_is_no_longer_scanned_is_not_scanned_later_either(
    configuration: Json,
    age: timedelta,
    later: timedelta,
    duration: Duration,
    since: timedelta | None,
) -> None:
    now = datetime(2026, 1, 31, tzinfo=UTC)
    image = Image("sha256:" + "a" * 64, now - age)
    read = scanning.parse({**configuration, "scanType": "ENHANCED", "rules": []})
    found = scanning.evaluate(read, Repository("web"))
    states = [
        scanning.scan_state(
            image,
            found,
            now=instant,
            enabled_at=None if since is None else now - since,
            duration=duration,
        )
        for instant in (now, now + later)
    ]
    statuses = [state.status for state in states]
    expired = ScanStatus.SCAN_ELIGIBILITY_EXPIRED
    assert statuses in ([ScanStatus.ACTIVE] * 2, [ScanStatus.ACTIVE, expired], [expired] * 2)
    assert not any(state.may_scan for state in states)


# Replication


@given(configuration=made("replication"), name=NAMES)
def test_each_destination_is_chosen_once_or_not_chosen_once(configuration: Json, name: str) -> None:
    read = replication.parse(configuration)
    found = replication.evaluate(read, name)
    chosen = [each.destination for each in found.chosen]
    not_chosen = [each.destination for each in found.not_chosen]
    assert len({*chosen, *not_chosen}) == len(chosen) + len(not_chosen)
    assert {(each.registry_id, each.region) for each in (*chosen, *not_chosen)} == {
        (each["registryId"], each["region"])
        for rule in configuration["rules"]
        for each in rule["destinations"]
    }
    assert all(len(each.rules) == len(each.filters) > 0 for each in found.chosen)
    assert all(each.reason for each in found.not_chosen)


TOPOLOGIES = RANDOM.map(lambda random: registry_cases.random_replicas(random))


@given(question=TOPOLOGIES)
def test_a_push_that_arrives_by_replication_sets_off_nothing(question: Json) -> None:
    topology, place = _asked(question)
    push = question["push"]
    found = topology.push(place, push["repositoryName"], tags=push["imageTags"], is_replica=True)
    assert found.is_replica
    assert (found.replicas, found.not_chosen, found.not_chained) == ((), (), ())


@given(question=TOPOLOGIES)
def test_images_go_one_step_and_no_further(question: Json) -> None:
    topology, place = _asked(question)
    found = topology.push(place, question["push"]["repositoryName"])
    neighbours = set(topology.configuration(place).destinations)
    assert {each.destination for each in found.replicas} <= neighbours
    assert place not in neighbours
    steps = dict(topology.walk(place))
    assert {each for each, number in steps.items() if number == 1} == neighbours
    assert set(steps) <= set(topology.places)
    assert place not in steps


@given(question=TOPOLOGIES)
def test_a_replica_keeps_or_loses_each_of_its_tags(question: Json) -> None:
    topology, place = _asked(question)
    push = question["push"]
    found = topology.push(
        place, push["repositoryName"], tags=push["imageTags"], digest=push["imageDigest"]
    )
    for replica in found.replicas:
        told = [*replica.kept_tags, *replica.dropped_tags]
        is_denied = replica.outcome is replication.Outcome.DENIED
        assert sorted(told) == ([] if is_denied else sorted(push["imageTags"]))


def _asked(question: Json) -> tuple[Topology, Destination]:
    topology = Topology(tuple(map(registry_answers.registry, question["registries"])))
    push = question["push"]
    return topology, Destination(region=push["region"], registry_id=push["registryId"])


# Prefixes


@given(rules=made("cache_rules"), name=NAMES)
def test_no_longer_prefix_than_that_of_the_cache_rule_fits(rules: list[Json], name: str) -> None:
    found = caching.cached(caching.parse_rules(rules), name)
    fitting = [
        each["ecrRepositoryPrefix"].removesuffix("/")
        for each in rules
        if each["ecrRepositoryPrefix"] != "ROOT"
        and name.startswith(each["ecrRepositoryPrefix"].removesuffix("/") + "/")
        and name != each["ecrRepositoryPrefix"].removesuffix("/") + "/"
    ]
    if found is None:
        assert not fitting
        assert all(each["ecrRepositoryPrefix"] != "ROOT" for each in rules)
    elif found.rule.ecr_repository_prefix == "ROOT":
        assert not fitting
    else:
        assert found.rule.ecr_repository_prefix.removesuffix("/") == max(fitting, key=len)


@given(templates=made("templates"), name=NAMES, cause=st.sampled_from(Cause))
def test_a_template_for_other_causes_makes_no_difference(
    templates: list[Json], name: str, cause: Cause
) -> None:
    applying = [each for each in templates if cause in each["appliedFor"]]
    found = caching.new_repository(caching.parse_templates(templates), name, cause)
    assert found == caching.new_repository(caching.parse_templates(applying), name, cause)


# All settings together


@given(registry=REGISTRIES)
def test_effective_settings_are_what_each_setting_says_alone(registry: Registry) -> None:
    read = Settings.of(registry)
    found = list(registry_settings.effective(read))
    assert [each.repository for each in found] == list(registry.repositories)
    for each in found:
        name = each.repository.name
        assert each.scanning == scanning.evaluate(read.scanning, each.repository)
        selection = replication.evaluate(read.replication, name)
        assert each.destinations == tuple(one.destination for one in selection.chosen)
        assert each.selection == selection
        assert each.cached == caching.cached(read.cache_rules, name)
        alone = {cause: caching.template_for(read.templates, name, cause) for cause in Cause}
        assert each.templates == {cause: one for cause, one in alone.items() if one is not None}


@given(registry=REGISTRIES, name=NAMES, tag=st.sampled_from(("v1", "-v1", "")))
def test_a_push_that_is_refused_sets_off_nothing(registry: Registry, name: str, tag: str) -> None:
    read = Settings.of(registry)
    found = registry_settings.push(read, Topology((registry,)), name, tag)
    assert (found.allowed is False) is bool(found.refusals)
    if found.refusals:
        assert (found.events, found.replication, found.scanning) == ((), None, None)
        assert not found.scans
    else:
        assert found.events
        assert found.replication is not None
        assert tagging.is_image_tag(tag)
        assert tagging.is_repository_name(name)


@given(case=RANDOM.map(registry_cases.random_tag_push))
def test_an_image_may_always_be_pushed_under_its_own_tag_again(case: Json) -> None:
    told = {
        "repositoryName": "web",
        "imageTagMutability": case["mutability"],
        "imageTagMutabilityExclusionFilters": case["exclusion_filters"],
        "images": case["images"],
    }
    repository = registry_answers.repository(told)
    for image in repository.images:
        for tag in image.tags:
            again = tagging.push(repository, tag, image.digest)
            assert (again.allowed, again.change) == (True, Change.SAME)
            other = tagging.push(repository, tag)
            assert other.allowed is not tagging.is_immutable(repository, tag)[0]
    assert tagging.push(repository, "unheard-of").change is Change.NEW


# Documents

_PARSERS: dict[str, tuple[Callable[..., object], str | None]] = {
    "scanning": (scanning.parse, None),
    "replication": (replication.parse, None),
    "cache_rules": (caching.parse_rules, "pullThroughCacheRules"),
    "templates": (caching.parse_templates, "repositoryCreationTemplates"),
}
KINDS = pytest.mark.parametrize("kind", _PARSERS)


def _document(kind: str, value: Any) -> Any:
    member = _PARSERS[kind][1]
    return value if member is None else {member: value}


def _findings(kind: str, source: Any) -> tuple[Finding, ...] | None:
    """What a source has against it, None where it is taken."""
    try:
        _PARSERS[kind][0](source)
    except InvalidPolicy as error:
        return error.findings
    return None


def _findings_are_inside(kind: str, text: str) -> None:
    """A text is taken, or refused with places in it and nothing that steers a terminal."""
    found = _findings(kind, text)
    assert found is None or found
    lines = re.split(r"\r\n|\r|\n", text)
    for each in found or ():
        assert str(each).isprintable()
        assert each.location.line is not None
        assert each.location.column is not None
        assert 1 <= each.location.line <= len(lines)
        assert 1 <= each.location.column <= len(lines[each.location.line - 1]) + 1


@KINDS
@given(data=st.data())
def test_a_document_with_something_wrong_is_refused_with_its_place_and_no_other_error(
    kind: str, data: st.DataObject
) -> None:
    random = data.draw(RANDOM)
    value = _document(kind, registry_cases.random_broken(random, kind))
    if data.draw(st.booleans()):
        _replace_somewhere(value, random, data.draw(json_values(max_leaves=4)))
    _findings_are_inside(kind, json.dumps(value, indent=data.draw(st.none() | st.integers(0, 2))))


def _replace_somewhere(value: Any, random: Random, other: Any) -> None:
    """Put another value in the place of one of the values in a value."""
    parts = [value]
    for part in parts:
        inner = part.values() if isinstance(part, dict) else part
        parts.extend(each for each in inner if isinstance(each, dict | list) and each)
    chosen = random.choice(parts)
    if chosen:
        place = random.choice(list(chosen) if isinstance(chosen, dict) else range(len(chosen)))
        chosen[place] = other


@KINDS
@given(text=json_like_texts() | json_values().map(json.dumps))
def test_whatever_text_there_is_is_taken_or_refused(kind: str, text: str) -> None:
    _findings_are_inside(kind, text)


@KINDS
@given(value=json_values())
def test_whatever_value_there_is_is_taken_or_refused(kind: str, value: Any) -> None:
    found = _findings(kind, _document(kind, value))
    assert found is None or found
    assert all(each.rule and each.message for each in found or ())


@KINDS
@given(data=st.data())
def test_a_setting_that_is_written_and_read_again_is_the_same(
    kind: str, data: st.DataObject
) -> None:
    parse = _PARSERS[kind][0]
    read: Any = parse(_document(kind, data.draw(made(kind))))
    if isinstance(read, tuple):
        again = [each.model_dump(mode="json", by_alias=True, exclude_unset=True) for each in read]
        assert parse(_document(kind, again)) == read
    else:
        assert parse(read.model_dump(mode="json", by_alias=True, exclude_unset=True)) == read
