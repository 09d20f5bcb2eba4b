"""Decisions about requests against the reference, and what must hold of every decision."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ecrpolicy import iam
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.iam import Decision, Effect, Kind
from tests import iam_cases
from tests.differential_iam import contradicted, outcome
from tests.iam_cases import Json
from tests.property.strategies import json_values
from tests.reference import iam as reference

# Hypothesis chooses whatever is random, so that it finds the simplest case there is.
RANDOM = st.randoms(use_true_random=False)
CASES = RANDOM.map(iam_cases.random_case)

# Where the policies of a case stand: one, a list, or levels of lists.
_KINDS = {place.value: place for place in Kind} | {"scps": Kind.SCP, "rcps": Kind.RCP}

Answer = tuple[Effect, tuple[Kind, ...], Kind | None]


def decided(case: Json) -> Decision:
    """The decision of a case."""
    return iam.authorize(iam_cases.asked(case), iam_cases.given(case))


def answer(case: Json) -> Answer:
    """All that a decision says of itself."""
    decision = decided(case)
    return decision.effect, decision.decided_by, decision.missing


def with_policies(case: Json, change: Callable[[Kind, Json], Json]) -> Json:
    """The case with each of its policies changed."""

    def changed(kind: Kind, value: Any) -> Any:
        if isinstance(value, list):
            return [changed(kind, each) for each in value]
        return change(kind, value)

    policies = {
        place: changed(_KINDS[place], value) if place in _KINDS else value
        for place, value in case["policies"].items()
    }
    return {**case, "policies": policies}


def several(value: Any) -> list[Any]:
    """A value that stands without a list, as a list."""
    return value if isinstance(value, list) else [value]


def with_statement(policy: Json, statement: Json) -> Json:
    """The policy with one more statement, which comes first."""
    return {**policy, "Statement": [statement, *several(policy["Statement"])]}


# Against the reference


@given(case=CASES)
def test_the_decision_is_that_of_the_reference(case: Json) -> None:
    expected = reference.decide(case)
    assert outcome(decided(case)) == {
        "effect": expected.effect,
        "decidedBy": sorted(expected.decided_by),
    }


@given(case=CASES)
def test_an_explanation_is_one_of_the_decision(case: Json) -> None:
    decision = decided(case)
    explanation = decision.explain()
    assert contradicted(decision, explanation) is None
    assert explanation.text().startswith(f"{decision.effect.value}: {decision.reason}")
    assert json.loads(json.dumps(explanation.to_json()))["effect"] == decision.effect.value


@given(case=CASES)
def test_the_same_question_has_the_same_answer(case: Json) -> None:
    request, policies = iam_cases.asked(case), iam_cases.given(case)
    first = iam.authorize(request, policies)
    for principal in ("arn:aws:iam::111122223333:root", None, "codebuild.amazonaws.com"):
        iam.authorize(iam.Request(principal=principal, action=case["action"]), policies)
    assert iam.authorize(request, policies) == first == decided(case)


# What is added


@given(case=CASES, random=RANDOM)
def test_a_further_deny_denies_or_changes_nothing(case: Json, random: Random) -> None:
    def denying(kind: Kind, policy: Json) -> Json:
        if random.choice((True, False)):
            return policy
        return with_statement(policy, iam_cases.random_statement(random, kind, case, "Deny"))

    before, after = answer(case), answer(with_policies(case, denying))
    if before[0] is Effect.EXPLICIT_DENY:
        assert after[0] is Effect.EXPLICIT_DENY
        assert set(before[1]) <= set(after[1])
    else:
        assert after[0] is Effect.EXPLICIT_DENY or after == before


@given(case=CASES, random=RANDOM)
def test_a_further_policy_that_denies_never_allows_more(case: Json, random: Random) -> None:
    """Of whatever type: one of a type that was not there limits what others allow."""
    kind = random.choice([kind for kind in Kind if kind not in (Kind.SCP, Kind.RCP)])
    place = case["policies"].get(kind.value)
    denial = iam_cases.random_statement(random, kind, case, "Deny")
    further: Any = {"Statement": denial}
    if kind in (Kind.IDENTITY, Kind.SESSION, Kind.RESOURCE):
        further = [further, *(place or [])]
    else:
        assume(place is None)
    with_it = {**case, "policies": {**case["policies"], kind.value: further}}
    assert decided(case).allowed or not decided(with_it).allowed


@given(case=CASES, random=RANDOM)
def test_a_further_allow_of_an_identity_never_allows_less(case: Json, random: Random) -> None:
    allowing = iam_cases.random_statement(random, Kind.IDENTITY, case, "Allow")
    identity = case["policies"].get("identity", [])
    further = {"Version": "2012-10-17", "Statement": allowing}
    changed = [*identity[:-1], *(with_statement(each, allowing) for each in identity[-1:])]
    before = decided(case)
    for policies in ([*identity, further], changed):
        after = decided({**case, "policies": {**case["policies"], "identity": policies}})
        assert after.allowed or not before.allowed
        if before.effect is Effect.EXPLICIT_DENY:
            assert (after.effect, after.decided_by) == (before.effect, before.decided_by)
        else:
            assert after.effect is not Effect.EXPLICIT_DENY


@given(case=CASES)
def test_what_no_policy_allows_is_allowed_to_root_users_alone(case: Json) -> None:
    """Without any allow, the account's own root user is all that is left."""

    def without_allows(kind: Kind, policy: Json) -> Json:
        nobody = {**several(policy["Statement"])[0], "Effect": "Deny", "Action": "none:None"}
        nobody.pop("NotAction", None)
        kept = [each for each in several(policy["Statement"]) if each["Effect"] == "Deny"]
        return {**policy, "Statement": [nobody, *kept]}

    decision = decided(with_policies(case, without_allows))
    if decision.allowed:
        assert decision.request.caller.is_root
        assert decision.request.is_same_account
        assert decision.decided_by == ()


# What makes no difference


def reshaped(value: Any, random: Random) -> Any:
    """Values in another order, and one without a list in a list, or the other way round."""
    values = several(value).copy()
    random.shuffle(values)
    return values[0] if len(values) == 1 and isinstance(value, list) else values


def rewritten(policy: Json, random: Random) -> Json:
    """The same policy: statements, members and values in another order, keys in another case."""
    statements = [
        dict(reversed([_rewritten(name, value, random) for name, value in each.items()]))
        for each in several(policy["Statement"])
    ]
    return {**policy, "Statement": reshaped(statements, random)}


def _rewritten(name: str, value: Any, random: Random) -> tuple[str, Any]:
    if name == "Condition":
        block = {
            operator: {key.swapcase(): reshaped(values, random) for key, values in keys.items()}
            for operator, keys in reversed(value.items())
        }
        return name, block
    if isinstance(value, dict):
        return name, {kind: reshaped(values, random) for kind, values in value.items()}
    if name in ("Action", "NotAction"):
        return name, reshaped([each.swapcase() for each in several(value)], random)
    if name in ("Resource", "NotResource"):
        return name, reshaped(value, random)
    return name, value


@given(case=CASES, random=RANDOM)
def test_order_case_of_keys_and_lists_of_one_make_no_difference(case: Json, random: Random) -> None:
    same = with_policies(case, lambda _, policy: rewritten(policy, random))
    context = {key.swapcase(): reshaped(value, random) for key, value in case["context"].items()}
    same |= {"context": context, "action": case["action"].swapcase()}
    assert answer(same) == answer(case)


@given(case=CASES, random=RANDOM)
def test_the_order_of_policies_makes_no_difference(case: Json, random: Random) -> None:
    policies = {
        place: random.sample(value, len(value)) if isinstance(value, list) else value
        for place, value in reversed(case["policies"].items())
    }
    assert answer({**case, "policies": policies}) == answer(case)


UNRELATED_KEYS = (
    *("aws:SourceIp", "aws:username", "aws:PrincipalArn", "aws:PrincipalType", "aws:userid"),
    *("aws:ResourceAccount", "aws:PrincipalAccount", "ecr:ResourceTag/env", "k:a", "k:b", "x:y"),
)


@given(
    case=CASES,
    key=st.sampled_from(UNRELATED_KEYS) | st.text(min_size=1, max_size=5),
    value=st.text(max_size=5) | st.booleans() | st.lists(st.text(max_size=5), max_size=3),
)
def test_a_context_key_that_no_policy_names_makes_no_difference(
    case: Json, key: str, value: Any
) -> None:
    written = json.dumps(case["policies"], ensure_ascii=False).lower()
    others = {name: known for name, known in case["context"].items() if name.lower() != key.lower()}
    assume(key.lower() not in written)
    without = answer({**case, "context": others})
    assert answer({**case, "context": {**others, key: value}}) == without


# What is malformed

_NAMES = st.sampled_from(
    (
        *("Version", "Id", "Statement", "Sid", "Effect", "Action", "NotAction", "Resource"),
        *("NotResource", "Principal", "NotPrincipal", "Condition", "effect", "AWS", "Service"),
        *("StringEquals", "ForAllValues:StringLike", "IpAddress", "aws:PrincipalArn", "", "a/b"),
    )
)
_PIECES = st.sampled_from(
    (*("${", "}", "${a", "${a:b, 'c'}", "*", "?", ":", "/", "\\", "\n", "\0", "é", "arn:", "'"),)
)
_VALUES = json_values(max_leaves=4) | _PIECES | _NAMES


@st.composite
def mutated_policies(draw: st.DrawFn) -> tuple[Kind, Any]:
    """A kind and a policy, most often of that kind, with some values and members changed."""
    random = draw(RANDOM)
    kinds = st.sampled_from(Kind)
    kind = draw(kinds)
    case: Json = {"principal": None, "action": "ecr:PutImage", "context": {}}
    policy = json.loads(json.dumps(iam_cases.random_policy(random, kind, case)))
    for _ in range(draw(st.integers(1, 3))):
        parts = [policy]
        for part in parts:
            inner = part.values() if isinstance(part, dict) else part
            parts.extend(value for value in inner if isinstance(value, dict | list))
        _mutate(draw, draw(st.sampled_from(parts)))
    return draw(st.just(kind) | kinds), policy


def _mutate(draw: st.DrawFn, chosen: dict[str, Any] | list[Any]) -> None:
    """Change a member or an element, a text among them in the middle."""
    places = list(chosen) if isinstance(chosen, dict) else range(len(chosen))
    if not places or draw(st.booleans()):
        if isinstance(chosen, dict):
            chosen[draw(_NAMES)] = draw(_VALUES)
        else:
            chosen.append(draw(_VALUES))
        return
    place: Any = draw(st.sampled_from(places))
    value = chosen[place]
    change = draw(st.sampled_from(("replace", "delete", "write into")))
    if change == "delete":
        del chosen[place]
    elif change == "write into" and isinstance(value, str):
        at = draw(st.integers(0, len(value)))
        chosen[place] = value[:at] + draw(_PIECES) + value[at:]
    else:
        chosen[place] = draw(_VALUES)


@settings(max_examples=1000)
@given(
    mutated=mutated_policies(),
    shape=st.sampled_from(("dictionary", "text", "bytes", "broken text")),
    scope=st.sampled_from((None, "V1")),
    data=st.data(),
)
def test_a_malformed_policy_is_refused_with_its_place_and_no_other_error(
    mutated: tuple[Kind, Any], shape: str, scope: Any, data: st.DataObject
) -> None:
    kind, policy = mutated
    text = json.dumps(policy, indent=2)
    if shape == "broken text":
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(_PIECES) + text[at + data.draw(st.integers(0, 2)) :]
    sources = {"dictionary": policy, "bytes": text.encode()}
    try:
        read = iam.parse(sources.get(shape, text), kind=kind, scope=scope)
    except InvalidPolicy as error:
        findings = error.findings
    else:
        assert read.statements
        assert read.prepared
        return
    assert findings
    assert all(each.message.isprintable() for each in findings)
    # What is too long as a whole has no line.
    placed = [each for each in findings if "characters at most" not in each.message]
    assert shape == "dictionary" or all(each.location.line for each in placed)
