"""What Hypothesis makes documents, policies and repositories of."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.situations import (
    INDEX_MEDIA_TYPES,
    MANIFEST_MEDIA_TYPES,
    Details,
    Situation,
    with_tags_of_their_own,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Rule = dict[str, Any]

# Documents


def json_values(*, max_leaves: int = 12) -> SearchStrategy[Any]:
    """JSON values of every type; names and strings with what must be escaped."""
    strings = st.text(max_size=6) | st.text('a/~"\\\n\r\té€😀{}[]:,', max_size=6)
    numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    return st.recursive(
        st.none() | st.booleans() | numbers | strings,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(strings, inner, max_size=4),
        max_leaves=max_leaves,
    )


@st.composite
def json_like_texts(draw: DrawFn) -> str:
    """Texts that are nearly JSON: pieces of it in any order, or JSON with something changed."""
    pieces = st.sampled_from(
        (
            *("[", "]", "{", "}", '"', ",", ":", "\\", "/", "*", '"a"', "'a'", "1", "-0.5e3", "01"),
            *("true", "null", "NaN", "None", " ", "\n", "\r\n", "\r", "// x", "/* x */", "é"),
            *("\\u0041", "\\ud800", "\x00", "\ufeff"),
        )
    )
    soup = "".join(draw(st.lists(pieces, max_size=20)))
    if draw(st.booleans()):
        return soup
    text = json.dumps(draw(json_values(max_leaves=6)), indent=draw(st.none() | st.integers(0, 2)))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 3)))
    return text[:start] + soup[:3] + text[end:]


# Policies

_STEMS = ("prod", "pro", "prod-", "prod-eu", "beta", "b", "v1", "v1.", "", "*", "\n", "\0")

# Tags share beginnings, middles and ends.
_TAGS = st.lists(st.sampled_from(_STEMS), min_size=1, max_size=3).map("".join)
_PREFIX_LISTS = st.lists(st.sampled_from(_STEMS) | _TAGS, min_size=1, max_size=3)
_PATTERNS = st.lists(st.sampled_from((*_STEMS, "*", "*")), min_size=1, max_size=4).map("".join)
_PATTERN_LISTS = st.lists(_PATTERNS, min_size=1, max_size=3)

_WHICH: SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({"tagStatus": "untagged"}),
    st.just({"tagStatus": "any"}),
    _PREFIX_LISTS.map(lambda entries: {"tagStatus": "tagged", "tagPrefixList": entries}),
    _PATTERN_LISTS.map(lambda entries: {"tagStatus": "tagged", "tagPatternList": entries}),
)
_NUMBERS = st.integers(1, 4)
_DAYS = _NUMBERS | st.sampled_from([800_000, 10**30])
_EXPIRE = {"type": "expire"}
_TRANSITION = {"type": "transition", "targetStorageClass": "archive"}
_EITHER = st.sampled_from([_EXPIRE, _TRANSITION])
_STANDARD = st.sampled_from([{}, {"storageClass": "standard"}])
_DESCRIPTIONS = st.none() | st.text(st.characters(codec="utf-8"), max_size=5)


def _limits(count_type: str, numbers: SearchStrategy[int]) -> SearchStrategy[dict[str, Any]]:
    unit = {} if count_type == "imageCountMoreThan" else {"countUnit": "days"}
    return numbers.map(lambda number: {"countType": count_type, **unit, "countNumber": number})


def _rule(
    which: dict[str, Any],
    storage_class: dict[str, Any],
    limit: dict[str, Any],
    action: dict[str, Any],
    description: str | None,
) -> Rule:
    described = {} if description is None else {"description": description}
    return {"selection": which | storage_class | limit, "action": action, **described}


_RULES: SearchStrategy[Rule] = st.one_of(
    st.builds(
        _rule,
        _WHICH,
        _STANDARD,
        _limits("imageCountMoreThan", _NUMBERS | st.just(10**30)),
        _EITHER,
        _DESCRIPTIONS,
    ),
    st.builds(_rule, _WHICH, _STANDARD, _limits("sinceImagePushed", _DAYS), _EITHER, _DESCRIPTIONS),
    st.builds(
        _rule,
        _WHICH,
        _STANDARD,
        _limits("sinceImagePulled", _DAYS),
        st.just(_TRANSITION),
        _DESCRIPTIONS,
    ),
    st.builds(
        _rule,
        _WHICH,
        st.just({"storageClass": "archive"}),
        _limits("sinceImageTransitioned", st.integers(90, 93) | st.just(10**9)),
        st.just(_EXPIRE),
        _DESCRIPTIONS,
    ),
)
_MAX_RULES = 5
_PRIORITIES = st.lists(
    st.integers(1, 60), min_size=_MAX_RULES, max_size=_MAX_RULES, unique=True
).map(sorted)
_ORDERS = st.permutations(range(_MAX_RULES))


def policies() -> SearchStrategy[dict[str, Any]]:
    """Policies that the service would accept, in both storage classes, out of order."""
    drawn = st.lists(_RULES, min_size=1, max_size=_MAX_RULES)
    return st.builds(_policy, drawn, _PRIORITIES, _ORDERS)


def _policy(drawn: list[Rule], priorities: list[int], order: list[int]) -> dict[str, Any]:
    kept = _without_conflicts(drawn)
    kept.sort(key=lambda rule: rule["selection"]["tagStatus"] == "any")
    numbered = [
        {"rulePriority": priority, **rule} for priority, rule in zip(priorities, kept, strict=False)
    ]
    policy = {"rules": [numbered[index] for index in order if index < len(numbered)]}
    copied: dict[str, Any] = json.loads(json.dumps(policy))
    return copied


def _without_conflicts(drawn: list[Rule]) -> list[Rule]:
    """The rules without those that select what only one rule of a storage class may select."""
    kept: dict[object, Rule] = {}
    for number, rule in enumerate(drawn):
        selection = rule["selection"]
        selects: object = selection["tagStatus"]
        if "tagPrefixList" in selection:
            selects = frozenset(selection["tagPrefixList"])
        elif "tagPatternList" in selection:
            selects = number
            if any(pattern.count("*") > 4 for pattern in selection["tagPatternList"]):
                selection["tagPatternList"] = [
                    pattern.replace("**", "*") for pattern in selection["tagPatternList"]
                ]
        kept.setdefault((selection.get("storageClass") == "archive", selects), rule)
    return list(kept.values())


# Policy texts, most of them wrong

_ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 89, 90, 1.0, 1.5, "1", "", [], {}, [None], ["a"], ["a", 1]),
    *("tagged", "untagged", "any", "standard", "archive", "days", "expire", "transition", "*****"),
    *("imageCountMoreThan", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"),
    *(["*****"], ["****"], [["a"]], "Expire", 10**30, {"type": "expire"}, float(10**300)),
)
_NAMES = (
    *("rules", "rulePriority", "rule_priority", "description", "selection", "action", "type"),
    *("tagStatus", "tag_status", "tagPrefixList", "tagPatternList", "storageClass", "countType"),
    *("count_number", "countUnit", "countNumber", "targetStorageClass", "unknown", "a/b", ""),
)


@st.composite
def mutated_policies(draw: DrawFn) -> Any:
    """Policies in which a few members are missing, misnamed, or have some other value."""
    policy = draw(policies())
    for _ in range(draw(st.integers(0, 3))):
        policy = draw(_mutations(policy))
    return policy


@st.composite
def _mutations(draw: DrawFn, policy: Any) -> Any:
    copied = json.loads(json.dumps(policy))
    containers = [value for value in _parts(copied) if isinstance(value, dict | list) and value]
    if not containers:
        return draw(st.sampled_from(_ODD_VALUES))
    chosen = draw(st.sampled_from(containers))
    keys = list(chosen) if isinstance(chosen, dict) else list(range(len(chosen)))
    key = draw(st.sampled_from(keys))
    kinds: list[Callable[[], None]] = [
        lambda: chosen.__setitem__(key, draw(st.sampled_from(_ODD_VALUES))),
        lambda: chosen.__delitem__(key),
    ]
    if isinstance(chosen, dict):
        name = draw(st.sampled_from(_NAMES))
        kinds.append(lambda: chosen.__setitem__(name, chosen.pop(key)))
        kinds.append(lambda: chosen.__setitem__(name, draw(st.sampled_from(_ODD_VALUES))))
    else:
        kinds.append(lambda: chosen.append(json.loads(json.dumps(chosen[key]))))
    draw(st.sampled_from(kinds))()
    return copied


def _parts(value: Any) -> list[Any]:
    """A value and all that is in it."""
    found = [value]
    for part in found:
        if isinstance(part, dict):
            found.extend(part.values())
        elif isinstance(part, list):
            found.extend(part)
    return found


@st.composite
def policy_texts(draw: DrawFn) -> str:
    """Texts of policies, valid, mutated or no policies at all; some too short or too long."""
    value = draw(policies() | mutated_policies() | json_values())
    text = json.dumps(value, indent=draw(st.none() | st.integers(0, 4)))
    length = draw(st.sampled_from([0, 100, 100, 100, 100, 30_720, 30_721]))
    text = text.ljust(length)
    return draw(st.just(text) | _broken(text)) if draw(st.booleans()) else text


def _broken(text: str) -> SearchStrategy[str]:
    """The text with one character put in, or one or two left out."""
    return st.builds(
        lambda at, removed, put: text[:at] + put + text[at + removed :],
        st.integers(0, len(text.rstrip())),
        st.integers(0, 2),
        st.sampled_from(['"', ",", "1", "}", "]", "{", "x", " ", ""]),
    )


# Repositories


# Many instants are some days before now, exactly; others a little more or less.
_Moment = tuple[int, timedelta, timezone]
_JITTERS = st.sampled_from(
    [timedelta(microseconds=amount) for amount in (0, 0, 0, 1, -1, 10**6, -(10**6), 36 * 10**8)]
)
_ZONES = st.sampled_from(
    [timezone(timedelta(minutes=minutes)) for minutes in (0, 0, 120, -480, 345)]
)
_RECENTLY = st.tuples(st.integers(0, 5), _JITTERS, _ZONES)
_LONG_AGO = st.tuples(st.integers(88, 93), _JITTERS, _ZONES)

# References are drawn as numbers: of an image, or past the last for one that is not here.
_REFERENCES = st.integers(0, 9)
_IMAGES: SearchStrategy[Details] = st.fixed_dictionaries(
    {
        "imagePushedAt": _RECENTLY | _LONG_AGO,
        "imageSizeInBytes": st.integers(0, 1000),
        "imageTags": st.lists(_TAGS, max_size=3),
        "lastActivatedAt": st.one_of(st.none(), st.none(), _RECENTLY, _LONG_AGO),
        "subjectManifestDigest": st.none() | st.none() | st.none() | _REFERENCES,
        "children": st.none() | st.lists(_REFERENCES, max_size=3),
    },
    optional={
        "lastRecordedPullTime": _RECENTLY,
        "imageStatus": st.sampled_from(["ACTIVE", "ACTIVE", "ARCHIVED", "ARCHIVED", "ACTIVATING"]),
        "lastArchivedAt": _LONG_AGO,
        "imageManifestMediaType": st.sampled_from(MANIFEST_MEDIA_TYPES),
    },
)
_NOW = datetime(2026, 1, 31, tzinfo=UTC)
_DIGITS = "0123456789abcdef"


def situations(*, max_images: int = 9) -> SearchStrategy[Situation]:
    """Repositories with all that can stand in one: indexes, referrers, archived images."""
    numbers = st.lists(st.integers(0, 39), max_size=max_images, unique=True)
    images = st.lists(_IMAGES, max_size=max_images)
    return st.builds(_situation, _JITTERS, numbers, images)


def _situation(jitter: timedelta, numbers: list[int], drawn: list[Details]) -> Situation:
    now = _NOW + jitter
    # Digests differ in their first or in their last digit.
    digests = [
        f"sha256:{_DIGITS[number % 4]}{'7' * 62}{_DIGITS[number // 4]}" for number in numbers
    ]
    named = dict(enumerate(digests[: len(drawn)]))
    absent = "sha256:" + "e" * 64
    images: list[Details] = []
    manifests: dict[str, list[str]] = {}
    for digest, members in zip(digests, drawn, strict=False):
        details: Details = {"imageDigest": digest}
        for name, value in members.items():
            if name == "children" or value is None:
                continue
            if name == "subjectManifestDigest":
                details[name] = named.get(value, absent)
            elif isinstance(value, tuple):
                details[name] = _resolved(value, now)
            elif value != []:
                details[name] = value
        is_index = details.get("imageManifestMediaType") in INDEX_MEDIA_TYPES
        if is_index and members["children"] is not None:
            manifests[digest] = [named.get(child, absent) for child in members["children"]]
        images.append(details)
    return Situation(now, with_tags_of_their_own(images), manifests)


def _resolved(moment: _Moment, now: datetime) -> datetime:
    days, jitter, zone = moment
    return (now - timedelta(days=days) + jitter).astimezone(zone)
