"""What is drawn as invalid breaks the one rule that it says, at the place that it says."""

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

import ecrpolicy
from ecrpolicy import caching, iam, lifecycle, replication, scanning, tagging
from ecrpolicy.errors import EcrPolicyError, InvalidPolicy
from ecrpolicy.iam import Kind
from ecrpolicy.sources.files import Source, read_repository
from ecrpolicy.sources.iam_cases import read_case
from ecrpolicy.testing import strategies
from ecrpolicy.testing.strategies import Invalid
from ecrpolicy.testing.strategies.invalid_iam import breakages

ACCOUNT, REGION = "111122223333", "us-east-1"
HOME = {"account": ACCOUNT, "region": REGION}

Parse = Callable[[Any], object]


def rules_of(strategy: Callable[..., SearchStrategy[Invalid]]) -> list[str]:
    """The rules that a strategy can break, as its refusal of an unknown one lists them."""
    with pytest.raises(InvalidArgument) as refused:
        strategy(rules=["unheard-of"])
    return re.findall(r"`([a-z-]+)`", str(refused.value).partition("known are")[2])


STRATEGIES: Mapping[str, tuple[Callable[..., SearchStrategy[Invalid]], Parse]] = {
    "lifecycle": (strategies.invalid_lifecycle_policies, lifecycle.parse),
    "replication": (strategies.invalid_replication_configurations, replication.parse),
    "replication of a registry": (
        partial(strategies.invalid_replication_configurations, **HOME),
        partial(replication.parse, **HOME),
    ),
    "scanning": (strategies.invalid_scanning_configurations, scanning.parse),
    "cache rules": (strategies.invalid_cache_rules, caching.parse_rules),
    "cache rules of a registry": (
        partial(strategies.invalid_cache_rules, **HOME),
        partial(caching.parse_rules, **HOME),
    ),
    "templates": (strategies.invalid_repository_creation_templates, caching.parse_templates),
    **{
        kind.value: (
            partial(strategies.invalid_iam_policies, kind=kind),
            partial(iam.parse, kind=kind),
        )
        for kind in Kind
    },
    "registry of scope V1": (
        partial(strategies.invalid_iam_policies, kind=Kind.REGISTRY, scope="V1"),
        partial(iam.parse, kind=Kind.REGISTRY, scope="V1"),
    ),
}


@pytest.mark.hypothesis
@pytest.mark.parametrize("name", STRATEGIES)
def test_parsing_finds_the_one_fault_and_no_other(name: str) -> None:
    strategy, parse = STRATEGIES[name]
    rules = rules_of(strategy)

    # One example breaks all rules, each in a document of its own.
    @settings(max_examples=max(1, settings().max_examples // 100))
    @given(st.tuples(*(strategy(rules=[rule]) for rule in rules)))
    def holds(several: tuple[Invalid, ...]) -> None:
        assert [each.rule for each in several] == rules
        for found in several:
            json.dumps(found.document)
            with pytest.raises(InvalidPolicy) as refused:
                parse(found.document)
            told = [(each.rule, each.location.pointer) for each in refused.value.findings]
            assert told == [(found.rule, found.pointer)]

    holds()


# What has no names for what is wrong: one finding says that it is, and where.


def refused_at(read: Callable[[Any], object], value: Any) -> list[str]:
    with pytest.raises(EcrPolicyError) as refused:
        read(value)
    return [each.location.pointer for each in refused.value.findings]


def read_request(value: Any) -> object:
    return read_case(Source(json.dumps({"request": value}).encode()))


def read_listing(value: Any) -> object:
    return read_repository(Source(json.dumps(value).encode()))


READ: Mapping[str, tuple[Callable[..., SearchStrategy[Invalid]], Callable[[Any], object], str]] = {
    "requests": (strategies.invalid_requests, read_request, "/request"),
    "images": (strategies.invalid_images, lambda value: read_listing([value]), "/0"),
    "repositories": (strategies.invalid_repositories, read_listing, ""),
}


@pytest.mark.parametrize("name", READ)
def test_reading_finds_the_one_fault_and_no_other(name: str) -> None:
    strategy, read, above = READ[name]
    rules = rules_of(strategy)

    @settings(max_examples=40)
    @given(st.sampled_from(rules).flatmap(lambda rule: strategy(rules=[rule])))
    def holds(found: Invalid) -> None:
        assert found.rule in rules
        assert refused_at(read, found.document) == [above + found.pointer]

    holds()


# By the grammars of the OCI distribution specification ("Pulling manifests"), of Amazon ECR's API
# Reference ("CreateRepository"), and of ARNs.
WORDS: Mapping[str, tuple[Callable[..., SearchStrategy[Invalid]], str]] = {
    "tags": (strategies.invalid_tags, r"[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}"),
    "names": (
        strategies.invalid_repository_names,
        r"(?=.{2,256}\Z)(?:[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/(?!\Z)|\Z))+",
    ),
    "ARNs": (
        strategies.invalid_arns,
        r"arn:[^:]+:[^:]+:[^:]*:(?:[0-9]{12})?:.+",
    ),
}
VALID = {
    "tags": strategies.tags(),
    "names": strategies.repository_names(),
    "ARNs": strategies.arns(),
}


@pytest.mark.parametrize("name", WORDS)
def test_words_are_none(name: str) -> None:
    strategy, grammar = WORDS[name]

    rules = rules_of(strategy)

    @settings(max_examples=40)
    @given(st.sampled_from(rules).flatmap(lambda rule: strategy(rules=[rule])))
    def holds(found: Invalid) -> None:
        assert re.fullmatch(grammar, found.document, re.ASCII) is None
        assert (found.rule in rules, found.pointer) == (True, "")

    @settings(max_examples=20)
    @given(VALID[name])
    def is_one(text: str) -> None:
        assert re.fullmatch(grammar, text, re.ASCII)

    holds()
    is_one()


MENDED: Mapping[str, Callable[[str], str]] = {
    "too-long": lambda text: text[:128],
    "first-character": lambda text: f"a{text[1:]}",
    "other-character": lambda text: "".join(
        each if each.isascii() and (each.isalnum() or each in "._-") else "a" for each in text
    ),
    "empty": lambda text: f"{text}a",
}


@settings(max_examples=50)
@given(strategies.invalid_tags())
def test_a_tag_has_the_one_fault_that_it_says(found: Invalid) -> None:
    assert not tagging.is_image_tag(found.document)
    assert tagging.is_image_tag(MENDED[found.rule](found.document))


@settings(max_examples=50)
@given(strategies.invalid_arns(), strategies.invalid_repository_names())
def test_words_are_refused_where_they_stand(arn: Invalid, name: Invalid) -> None:
    with pytest.raises(iam.InvalidRequest) as refused:
        iam.Request(principal=None, action="ecr:PutImage", resource=arn.document)
    assert refused.value.member == ("resource",)
    assert tagging.name_problem(name.document) is not None


def named_by(*modules: str) -> set[str]:
    """The names of findings that stand in modules of the library."""
    package = Path(ecrpolicy.__file__).parent
    texts = [(package / module).read_text("utf-8") for module in modules]
    ways = (
        r'(?:Problem|Complaint|Mistake)\(\s*"([a-z0-9-]+)"',
        r'self\._note\(\s*"([a-z0-9-]+)"',
        r'rule = "([a-z0-9-]+)"',
        r'rule = "([a-z0-9-]+)" if is_scp',
        r'if is_scp else "([a-z0-9-]+)"',
        r'(?:^_\w+: Final =|^ +)"?(policy-size-[a-z-]+)"',
        r'"(policy-size-[a-z-]+)"',
    )
    return {name for text in texts for way in ways for name in re.findall(way, text, re.MULTILINE)}


SHAPE = ("document/shape.py",)
UNREACHED_EVERYWHERE = {
    "json-syntax-error": "about texts: what is drawn is a value",
    "duplicate-key": "about texts: no value has a member twice",
}

NAMED: Mapping[str, tuple[set[str], dict[str, str]]] = {
    "lifecycle": (
        named_by("lifecycle/constraints.py", "lifecycle/parse.py", *SHAPE),
        {},
    ),
    "replication of a registry": (
        named_by("replication/parse.py", *SHAPE),
        {"number-too-small": "no member of it is a number"},
    ),
    "scanning": (
        named_by("scanning/parse.py", *SHAPE),
        {
            "number-too-small": "no member of it is a number",
            "too-many-rules": "three rules cannot do without a frequency that is refused besides",
        },
    ),
    "cache rules of a registry": (
        named_by("caching/rule_problems.py", "caching/prefixes.py", "caching/roles.py", *SHAPE),
        {"number-too-small": "no member of it is a number"},
    ),
    "templates": (
        named_by(
            "caching/template_problems.py",
            "caching/prefixes.py",
            "caching/roles.py",
            "tagging.py",
            *SHAPE,
        ),
        {
            "number-too-small": "no member of it is a number",
            "role-elsewhere": "about a registry that is known: templates are parsed without",
            "malformed-name": "about names of repositories, which do not stand in templates",
        },
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_every_finding_of_a_parser_is_reached_but_for_those_that_cannot_be(name: str) -> None:
    named, unreached = NAMED[name]
    assert named - set(rules_of(STRATEGIES[name][0])) == set(unreached)
    assert all(unreached.values())


def test_every_finding_about_iam_policies_is_reached() -> None:
    named = named_by("iam/statements.py", "iam/elements.py", "iam/variables.py", "iam/grammar.py")
    reached = {rule for kind in Kind for scope in ("V1", "V2") for rule in breakages(kind, scope)}
    assert named >= {"missing-effect", "invalid-arn-prefix", "empty-variable", "unsupported-sid"}
    assert named - reached == set()


def test_findings_about_texts_are_not_drawn() -> None:
    reached = {rule for strategy, _ in STRATEGIES.values() for rule in rules_of(strategy)}
    assert not reached & set(UNREACHED_EVERYWHERE)


@pytest.mark.parametrize(
    ("strategy", "refusal"),
    [
        (partial(strategies.invalid_lifecycle_policies, rules=[]), "`rules` is []"),
        (partial(strategies.invalid_iam_policies, kind=cast("Kind", "user")), "`kind` is 'user'"),
        (
            partial(strategies.invalid_replication_configurations, region="us-east-9"),
            "`region` is 'us-east-9'; give one such as `us-east-1`",
        ),
        (partial(strategies.invalid_cache_rules, account="1"), "`account` is '1'"),
    ],
)
def test_options_that_are_none_are_refused(
    strategy: Callable[[], SearchStrategy[Invalid]], refusal: str
) -> None:
    with pytest.raises(InvalidArgument, match=re.escape(refusal)):
        strategy()


def test_the_rules_of_several_kinds_of_faults_can_be_asked_for() -> None:
    asked = ["no-rules", "any-not-last"]
    seen: set[str] = set()

    @settings(max_examples=30)
    @given(strategies.invalid_lifecycle_policies(rules=asked), st.none())
    def collect(found: Invalid, _: None) -> None:
        seen.add(found.rule)

    collect()
    assert seen == set(asked)
