"""Holds the library against the reference, over as many random cases as one likes.

    python -m tests.differential --cases 20000 --seed 1 --jobs 2

Each case is a policy and a repository, evaluated by both, and the text of a policy, most often a
wrong one, judged by both. The first disagreement is printed as JSON, and the exit status is then 1;
it is 1 as well where something that the cases should reach was never reached.

A case depends on the seed and its own number alone: `--first 1234 --cases 1` runs it again.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

from ecrpolicy import lifecycle
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.lifecycle import Preview, Reason
from tests.campaign import Campaign
from tests.cases import outcomes
from tests.reference import lifecycle as reference
from tests.situations import (
    INDEX_MEDIA_TYPES,
    MANIFEST_MEDIA_TYPES,
    Details,
    Situation,
    with_tags_of_their_own,
)

Json = Any
Rule = dict[str, Json]

# What every run of some thousand cases must have reached, besides the names of results, count
# types and tag statuses.
GOALS = (
    *("accepted text", "refused text", "text that is no JSON"),
    *("empty repository", "no results", "several results"),
    *("action EXPIRE", "action TRANSITION", "both storage classes acted on"),
    *("acted on by imageCountMoreThan", "acted on by sinceImagePushed"),
    *("acted on by sinceImagePulled", "acted on by sinceImageTransitioned"),
    *("acted on by tagged", "acted on by untagged", "acted on by any"),
    *("acted on by patterns", "acted on by prefixes", "acted on by several entries"),
    *("cascade", "cascade of a cascade", "held", "held by several indexes", "cannot tell"),
    *("referrer in doubt", "index acted on", "shielded", "count filled by owned images"),
    *("tie at the limit of a count", "exactly at the limit of an age", "restored and acted on"),
    *("subject stays", "subjects in a circle", "absent subject", "subject is itself"),
    *("on its way from the archive", "archived at an unknown time", "astronomical number"),
)


# Policies

_STEMS = ("prod", "pro", "prod-", "prod-eu", "beta", "b", "v1", "v1.", "", "*", "\n", "\0")
_HUGE = (800_000, 10**9, 10**30)


def _random_tag(random: Random) -> str:
    return "".join(random.choices(_STEMS, k=random.choice((1, 1, 2, 3))))


def _random_pattern(random: Random) -> str:
    pattern = "".join(random.choices((*_STEMS, "*", "*", "*"), k=random.randint(1, 4)))
    return pattern if pattern.count("*") <= 4 else "*"


def _random_entries(random: Random) -> dict[str, Json]:
    number = random.choice((1, 1, 1, 2, 2, 3))
    if random.random() < 0.5:
        return {"tagPrefixList": [random.choice(_STEMS) for _ in range(number)]}
    return {"tagPatternList": [_random_pattern(random) for _ in range(number)]}


def _random_selection(random: Random) -> dict[str, Json]:
    status = random.choice(("tagged", "tagged", "tagged", "untagged", "any", "any"))
    selection: dict[str, Json] = {"tagStatus": status}
    if status == "tagged":
        selection |= _random_entries(random)
    count_type = random.choice(reference.COUNT_TYPES)
    if count_type == "sinceImageTransitioned":
        selection["storageClass"] = "archive"
    elif random.random() < 0.2:
        selection["storageClass"] = "standard"
    selection["countType"] = count_type
    if count_type == "imageCountMoreThan":
        selection["countNumber"] = random.choice((1, 1, 2, 3))
    else:
        selection["countUnit"] = "days"
        least = 90 if count_type == "sinceImageTransitioned" else 1
        selection["countNumber"] = least + random.choice((0, 1, 1, 2, 3))
    if random.random() < 0.03:
        selection["countNumber"] = random.choice(_HUGE)
    return selection


def _random_action(random: Random, count_type: str) -> dict[str, str]:
    if count_type == "sinceImageTransitioned":
        return {"type": "expire"}
    if count_type == "sinceImagePulled" or random.random() < 0.4:
        return {"type": "transition", "targetStorageClass": "archive"}
    return {"type": "expire"}


def random_policy(random: Random) -> dict[str, Json]:
    """A policy that the service would accept."""
    chosen: dict[object, Rule] = {}
    for number in range(random.randint(1, 5)):
        selection = _random_selection(random)
        selects: object = selection["tagStatus"]
        if "tagPrefixList" in selection:
            selects = frozenset(selection["tagPrefixList"])
        elif "tagPatternList" in selection:
            selects = number
        rule = {
            "selection": selection,
            "action": _random_action(random, selection["countType"]),
        }
        chosen.setdefault((selection.get("storageClass") == "archive", selects), rule)
    catch_all_last = sorted(
        chosen.values(), key=lambda rule: bool(rule["selection"]["tagStatus"] == "any")
    )
    priorities = sorted(random.sample(range(1, 60), len(catch_all_last)))
    rules = [
        {"rulePriority": priority, **rule}
        for priority, rule in zip(priorities, catch_all_last, strict=True)
    ]
    random.shuffle(rules)
    return {"rules": rules}


# Texts of policies

_ODD_VALUES: tuple[Json, ...] = (
    *(None, True, False, 0, 1, -1, 2, 89, 90, 1.0, 1.5, "1", "", [], {}, [None], ["a"], ["a", 1]),
    *("tagged", "untagged", "any", "standard", "archive", "days", "expire", "transition", "*****"),
    *reference.COUNT_TYPES,
    *(["*****"], ["****"], [["a"]], "Expire", 10**30, {"type": "expire"}, 1e300),
)
_NAMES = (
    *("rules", "rulePriority", "rule_priority", "description", "selection", "action", "type"),
    *("tagStatus", "tag_status", "tagPrefixList", "tagPatternList", "storageClass", "countType"),
    *("count_number", "countUnit", "countNumber", "targetStorageClass", "unknown", "a/b", ""),
)
_SIGNS = ('"', ",", ":", "1", "}", "]", "{", "[", "x", " ", "", "'", "\\", "/*")


def _mutate(random: Random, policy: Json) -> None:
    """Change one member or element, somewhere."""
    parts = [policy]
    for part in parts:
        inner = part.values() if isinstance(part, dict) else part
        parts.extend(value for value in inner if isinstance(value, dict | list))
    chosen = random.choice(parts)
    if isinstance(chosen, dict):
        _mutate_object(random, chosen)
    else:
        _mutate_list(random, chosen)


def _copied(value: Json) -> Json:
    return json.loads(json.dumps(value))


def _mutate_object(random: Random, chosen: dict[str, Json]) -> None:
    kind = random.randrange(4)
    if kind == 0 or not chosen:
        chosen[random.choice(_NAMES)] = _copied(random.choice(_ODD_VALUES))
        return
    name = random.choice(list(chosen))
    if kind == 1:
        del chosen[name]
    elif kind == 2:
        chosen[random.choice(_NAMES)] = chosen.pop(name)
    else:
        chosen[name] = _copied(random.choice(_ODD_VALUES))


def _mutate_list(random: Random, chosen: list[Json]) -> None:
    kind = random.randrange(3)
    if kind == 0 or not chosen:
        chosen.append(_copied(random.choice(_ODD_VALUES)))
    elif kind == 1:
        chosen.append(_copied(random.choice(chosen)))
    else:
        del chosen[random.randrange(len(chosen))]


def random_policy_text(random: Random) -> str:
    """The text of a policy, most often with something changed."""
    policy = random_policy(random)
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        _mutate(random, policy)
    text = json.dumps(policy, indent=random.choice((None, None, 0, 2)))
    if random.random() < 0.1:
        at = random.randint(0, len(text))
        text = text[:at] + random.choice(_SIGNS) + text[at + random.randint(0, 2) :]
    if random.random() < 0.9:
        text = text.ljust(100)
    if random.random() < 0.01:
        text = text.ljust(random.choice((30_720, 30_721)))
    return text


# Repositories

_NOW = datetime(2026, 1, 31, tzinfo=UTC)
_DAY = timedelta(days=1)
_JITTERS = tuple(
    timedelta(microseconds=amount) for amount in (0, 0, 0, 0, 1, -1, 10**6, -(10**6), 36 * 10**8)
)
_ZONES = tuple(timezone(timedelta(minutes=minutes)) for minutes in (0, 0, 0, 120, -480, 345))
_STATUSES = (*(None,) * 8, "ACTIVE", "ACTIVE", *("ARCHIVED",) * 5, "ACTIVATING")
_DIGITS = "0123456789abcdef"


def _days_ago(random: Random, now: datetime, first: int, last: int) -> datetime:
    time = now - random.randint(first, last) * _DAY + random.choice(_JITTERS)
    return time.astimezone(random.choice(_ZONES))


def random_situation(random: Random) -> Situation:
    """A repository with all that can stand in one."""
    now = _NOW + random.choice(_JITTERS)
    numbers = random.sample(range(40), random.choice((0, 1, 2, 4, 6, 8, 10, 12)))
    # Digests differ in their first or in their last digit.
    digests = [f"sha256:{_DIGITS[each % 4]}{'7' * 62}{_DIGITS[each // 4]}" for each in numbers]
    reachable = [*digests, "sha256:" + "e" * 64]
    drawn = [_random_image(random, digest, reachable, now) for digest in digests]
    images = with_tags_of_their_own(drawn)
    manifests = {
        each["imageDigest"]: random.choices(reachable, k=random.randint(0, 4))
        for each in images
        if each.get("imageManifestMediaType") in INDEX_MEDIA_TYPES and random.random() < 0.6
    }
    return Situation(now, images, manifests)


def _random_image(random: Random, digest: str, reachable: list[str], now: datetime) -> Details:
    image: Details = {"imageDigest": digest, "imagePushedAt": _days_ago(random, now, 0, 6)}
    if random.random() < 0.65:
        image["imageTags"] = [_random_tag(random) for _ in range(random.randint(0, 3))]
    if random.random() < 0.3:
        image["lastRecordedPullTime"] = _days_ago(random, now, 0, 5)
    status = random.choice(_STATUSES)
    if status:
        image["imageStatus"] = status
    if random.random() < (0.9 if status == "ARCHIVED" else 0.1):
        image["lastArchivedAt"] = _days_ago(random, now, 88, 94)
    if random.random() < 0.15:
        image["lastActivatedAt"] = _days_ago(random, now, 0, 5)
    if random.random() < 0.3:
        image["imageManifestMediaType"] = random.choice(MANIFEST_MEDIA_TYPES)
    if random.random() < 0.12:
        image["subjectManifestDigest"] = random.choice(reachable)
    return image


# Comparison


def compare(seed: int, number: int, reached: Counter[str]) -> dict[str, Json] | None:
    """Run one case; the disagreement, where there is one."""
    random = Random(f"{seed}/{number}")
    policy, situation = random_policy(random), random_situation(random)
    return _compare_evaluations(policy, situation, reached) or _compare_acceptance(
        random_policy_text(random), reached
    )


def _compare_evaluations(
    policy: dict[str, Json], situation: Situation, reached: Counter[str]
) -> dict[str, Json] | None:
    theirs = reference.evaluate(policy, situation.images, situation.now, situation.manifests)
    try:
        preview = lifecycle.evaluate(
            lifecycle.parse(policy), situation.repository(), now=situation.now
        )
        ours = outcomes(preview.results)
        reached.update(_reached(policy, situation, preview))
    except Exception as error:  # any error at all is a disagreement
        return _told(policy, situation, {"error": repr(error)})
    if ours == theirs:
        return None
    return _told(policy, situation, {"ours": _lines(ours), "reference": _lines(theirs)})


def _told(
    policy: dict[str, Json], situation: Situation, answers: dict[str, Json]
) -> dict[str, Json]:
    return {
        "now": situation.now.isoformat(),
        "policy": policy,
        "images": situation.images,
        "manifests": situation.manifests,
        **answers,
    }


def _lines(found: list[reference.Outcome]) -> list[str]:
    return [str(outcome) for outcome in found]


def _compare_acceptance(text: str, reached: Counter[str]) -> dict[str, Json] | None:
    violations = sorted(reference.violations(text))
    complaints: list[str] = []
    try:
        lifecycle.parse(text)
    except InvalidPolicy as error:
        complaints = [str(finding) for finding in error.findings]
    except Exception as error:  # any other error is a disagreement
        return {"text": text, "error": repr(error), "reference": violations}
    reached["refused text" if violations else "accepted text"] += 1
    reached["text that is no JSON"] += "not-json" in violations
    if bool(violations) == bool(complaints):
        return None
    return {"text": text, "ours": complaints, "reference": violations}


# Coverage


def _reached(policy: dict[str, Json], situation: Situation, preview: Preview) -> Iterator[str]:
    """What a case has reached, each once."""
    found = set(_reached_by_results(policy, preview))
    found.update(_reached_by_rules(policy, situation))
    found.update(_reached_by_images(situation, preview))
    yield from found


def _reached_by_results(policy: dict[str, Json], preview: Preview) -> Iterator[str]:
    selections = {rule["rulePriority"]: rule["selection"] for rule in policy["rules"]}
    results = preview.results
    yield "several results" if len(results) > 1 else "a result" if results else "no results"
    classes = set()
    for result in results:
        yield f"action {result.action.name}"
        if result.cascade:
            yield "cascade"
            if preview.by_digest[str(result.image.subject)].cascade:
                yield "cascade of a cascade"
            if result.cannot_tell:
                yield "referrer in doubt"
            continue
        classes.add(result.image.storage_class)
        selection = selections[result.rule_priority]
        yield f"acted on by {selection['countType']}"
        yield f"acted on by {selection['tagStatus']}"
        if "tagPatternList" in selection:
            yield "acted on by patterns"
        if "tagPrefixList" in selection:
            yield "acted on by prefixes"
        if len(selection.get("tagPatternList") or selection.get("tagPrefixList") or ()) > 1:
            yield "acted on by several entries"
        if result.cannot_tell:
            yield "cannot tell"
        if result.image.activated_at:
            yield "restored and acted on"
        if result.image.is_index:
            yield "index acted on"
    if len(classes) > 1:
        yield "both storage classes acted on"


def _reached_by_rules(policy: dict[str, Json], situation: Situation) -> Iterator[str]:
    images, now = situation.images, situation.now
    candidates = [image for image in images if reference.subject(image, images) is None]
    for rule in policy["rules"]:
        selection = rule["selection"]
        number = selection["countNumber"]
        if number > 1000:
            yield "astronomical number"
            continue
        identified = [image for image in candidates if reference.identifies(rule, image)]
        marked = reference.marks(rule, candidates, now)
        owned = [image for image in identified if reference.owns(rule, policy["rules"], image)]
        if any(image not in owned for image in marked):
            yield "shielded"
        if selection["countType"] == "imageCountMoreThan":
            if any(image in marked for image in owned) and len(owned) <= number:
                yield "count filled by owned images"
            times = sorted(map(reference.pushed, identified), reverse=True)
            if 0 < number < len(times) and times[number - 1] == times[number]:
                yield "tie at the limit of a count"
        elif selection["countType"] == "sinceImagePushed":
            limit = reference.instant(now) - number * reference.DAY
            if limit in map(reference.pushed, identified):
                yield "exactly at the limit of an age"


_REACHED_BY_REASON = {
    Reason.HELD: "held",
    Reason.FOLLOWS_SUBJECT: "subject stays",
    Reason.SUBJECT_CYCLE: "subjects in a circle",
    Reason.ACTIVATING: "on its way from the archive",
    Reason.NO_TIME: "archived at an unknown time",
}


def _reached_by_images(situation: Situation, preview: Preview) -> Iterator[str]:
    digests = {image["imageDigest"] for image in situation.images}
    if not digests:
        yield "empty repository"
    for image in preview.repository.images:
        reason, _ = preview.explainer.reason(image)
        if reason in _REACHED_BY_REASON:
            yield _REACHED_BY_REASON[reason]
        if reason is Reason.HELD and len(set(preview.holders[image.digest])) > 1:
            yield "held by several indexes"
        if image.subject == image.digest:
            yield "subject is itself"
        elif image.subject and image.subject not in digests:
            yield "absent subject"


# Running

CAMPAIGN = Campaign("tests.differential", compare, GOALS)
run_cases, main = CAMPAIGN.run_cases, CAMPAIGN.main

if __name__ == "__main__":
    sys.exit(main())
