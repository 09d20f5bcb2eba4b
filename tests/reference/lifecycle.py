"""A naive, executable specification of Amazon ECR lifecycle policies.

It exists to be compared with the real implementation, so it shares no code with it and puts
clarity before speed: one small function for each of the rules, each restating its rule. The
source is the specification of the rules, which builds on the Amazon ECR User Guide ("Lifecycle
policies", "Lifecycle policy parameters", "Examples of lifecycle policies") and on the API model
of 2015-09-21.

There are two entry points: `violations` judges the text of a policy, and `evaluate` says what a
valid policy does to a snapshot of a repository.

The codes that `violations` reports (the list is closed):

    not-json              the text is no JSON document (NaN and Infinity are not JSON, and neither
                          is, here, a text nested too deeply to be read)
    duplicate-key         an object names the same member twice (the rest of the checks then see
                          the last of the values)
    too-short             fewer than 100 characters (Unicode code points of the whole text)
    too-long              more than 30,720 characters
    no-rules              the list of rules is empty
    too-many-rules        more than 50 rules
    missing-member        an object lacks a member that it must have
    unknown-member        an object has a member that does not exist
    wrong-type            a value has another JSON type than the one wanted
    not-in-enum           a string is none of the permitted words
    number-too-small      a whole number below 1
    empty-list            a list of tag prefixes or patterns without entries
    too-many-wildcards    a pattern with more than 4 `*`
    tagged-without-list   `tagged` with neither a prefix list nor a pattern list
    two-lists             `tagged` with both
    list-without-tagged   `untagged` or `any` with either
    count-type-members    countUnit, countNumber or storageClass does not go with countType; or a
                          member, whichever it is, is null (that one is a wrong-type as well)
    archive-count-type    storageClass archive with a count type of the standard class
    count-type-and-action the action is not the one that the count type is meant for
    target-storage-class  targetStorageClass with expire, or transition without it
    too-few-days          sinceImageTransitioned with fewer than 90 days
    duplicate-priority    two rules have the same rulePriority
    two-untagged          two `untagged` rules in one storage class
    two-any               two `any` rules in one storage class
    any-not-last          an `any` rule precedes another rule of its storage class
    equal-prefixes        two rules of one storage class have the same set of tag prefixes

Where one fault is described by two of them, both are reported. A check that compares several
values is made only where each of these values is permissible taken alone.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeGuard

Json = Any

TAG_STATUSES = ["tagged", "untagged", "any"]
STORAGE_CLASSES = ["standard", "archive"]
COUNT_TYPES = [
    "imageCountMoreThan",
    "sinceImagePushed",
    "sinceImagePulled",
    "sinceImageTransitioned",
]
COUNT_UNITS = ["days"]
ACTION_TYPES = ["expire", "transition"]
TARGET_STORAGE_CLASSES = ["archive"]
TAG_LISTS = ["tagPrefixList", "tagPatternList"]

INDEX_MEDIA_TYPES = [
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.index.v1+json",
]

# Instants are whole microseconds since the calendar begins, on the first of January of year 1.
CALENDAR_BEGINS = datetime(1, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DAY = 24 * 60 * 60 * 1_000_000


# --------------------------------------------------------------------------------------------------
# Validity
# --------------------------------------------------------------------------------------------------


def violations(text: str) -> set[str]:
    """Every way in which the policy text is invalid, as codes; the empty set for a valid policy."""
    found = length_violations(text)
    duplicates: list[str] = []
    try:
        document = parse(text, duplicates)
    except (ValueError, RecursionError):
        return found | {"not-json"}
    if duplicates:
        found.add("duplicate-key")
    return found | document_violations(document)


def length_violations(text: str) -> set[str]:
    """A policy text has between 100 and 30,720 characters, both included."""
    if len(text) < 100:
        return {"too-short"}
    if len(text) > 30_720:
        return {"too-long"}
    return set()


def parse(text: str, duplicates: list[str]) -> Json:
    """Read JSON strictly, and add to `duplicates` the member names that an object has twice."""

    def make_object(members: list[tuple[str, Json]]) -> dict[str, Json]:
        names = [name for name, _ in members]
        duplicates.extend(name for name in names if names.count(name) > 1)
        return dict(members)

    def refuse(constant: str) -> Json:
        raise ValueError(f"{constant} is not JSON")

    return json.loads(
        text, object_pairs_hook=make_object, parse_constant=refuse, parse_int=whole_number
    )


def whole_number(literal: str) -> int:
    """A JSON integer of any length (`int` itself refuses a literal of thousands of digits)."""
    value = 0
    for digit in literal.removeprefix("-"):
        value = value * 10 + int(digit)
    return -value if literal.startswith("-") else value


def is_integer(value: Json) -> TypeGuard[int]:
    """3 is an integer; 3.0, "3", true and null are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_list_of_strings(value: Json) -> TypeGuard[list[str]]:
    """A tag list that is permissible taken alone: a list, not empty, with strings only."""
    return isinstance(value, list) and value != [] and all(isinstance(e, str) for e in value)


def member_violations(thing: dict[str, Json], required: list[str], optional: list[str]) -> set[str]:
    """An object has all its required members, no unknown ones, and none that is null.

    A member counts as present whatever its value, so null is a value of the wrong type and not an
    absent member. The service describes a null as a misfit with the count type; both are reported.
    """
    found = set()
    if any(name not in thing for name in required):
        found.add("missing-member")
    if any(name not in required + optional for name in thing):
        found.add("unknown-member")
    if any(value is None for value in thing.values()):
        found |= {"wrong-type", "count-type-members"}
    return found


def enum_violations(thing: dict[str, Json], name: str, permitted: list[str]) -> set[str]:
    """A member with a fixed choice of words, if present, is a string and one of these words."""
    if name not in thing:
        return set()
    if not isinstance(thing[name], str):
        return {"wrong-type"}
    if thing[name] not in permitted:
        return {"not-in-enum"}
    return set()


def number_violations(thing: dict[str, Json], name: str) -> set[str]:
    """A member that is a number, if present, is an integer of 1 or more."""
    if name not in thing:
        return set()
    if not is_integer(thing[name]):
        return {"wrong-type"}
    if thing[name] < 1:
        return {"number-too-small"}
    return set()


def document_violations(document: Json) -> set[str]:
    """The document is an object whose only member is `rules`, a list of 1 to 50 rules."""
    if not isinstance(document, dict):
        return {"wrong-type"}
    found = member_violations(document, ["rules"], [])
    if "rules" not in document:
        return found
    rules = document["rules"]
    if not isinstance(rules, list):
        return found | {"wrong-type"}
    if len(rules) == 0:
        found.add("no-rules")
    if len(rules) > 50:
        found.add("too-many-rules")
    for rule in rules:
        found |= rule_violations(rule)
    objects = [rule for rule in rules if isinstance(rule, dict)]
    found |= priority_violations(objects)
    for storage_class in STORAGE_CLASSES:
        members = [rule for rule in objects if valid_storage_class(rule) == storage_class]
        found |= untagged_violations(members)
        found |= any_violations(members)
        found |= prefix_set_violations(members)
    return found


def rule_violations(rule: Json) -> set[str]:
    """A rule is an object of a priority, a selection, an action and perhaps a description."""
    if not isinstance(rule, dict):
        return {"wrong-type"}
    found = member_violations(rule, ["rulePriority", "selection", "action"], ["description"])
    found |= number_violations(rule, "rulePriority")
    if "description" in rule and not isinstance(rule["description"], str):
        found.add("wrong-type")
    if "selection" in rule:
        found |= selection_violations(rule["selection"])
    if "action" in rule:
        found |= action_violations(rule["action"])
    found |= count_type_and_action_violations(rule)
    return found


def selection_violations(selection: Json) -> set[str]:
    """A selection says which images (tag status, tag list, storage class) and how many or how old.

    Tag status, count type and count number are always required.
    """
    if not isinstance(selection, dict):
        return {"wrong-type"}
    found = member_violations(
        selection,
        ["tagStatus", "countType", "countNumber"],
        ["tagPrefixList", "tagPatternList", "storageClass", "countUnit"],
    )
    found |= enum_violations(selection, "tagStatus", TAG_STATUSES)
    found |= enum_violations(selection, "storageClass", STORAGE_CLASSES)
    found |= enum_violations(selection, "countType", COUNT_TYPES)
    found |= enum_violations(selection, "countUnit", COUNT_UNITS)
    found |= number_violations(selection, "countNumber")
    for name in TAG_LISTS:
        found |= tag_list_violations(selection, name)
    found |= wildcard_violations(selection)
    found |= tag_status_violations(selection)
    found |= count_unit_violations(selection)
    found |= count_number_violations(selection)
    found |= storage_class_violations(selection)
    found |= days_violations(selection)
    return found


def tag_list_violations(selection: dict[str, Json], name: str) -> set[str]:
    """A tag list, if present, is a list of strings with at least one entry (even an empty one)."""
    if name not in selection:
        return set()
    entries = selection[name]
    if not isinstance(entries, list):
        return {"wrong-type"}
    if entries == []:
        return {"empty-list"}
    if not is_list_of_strings(entries):
        return {"wrong-type"}
    return set()


def wildcard_violations(selection: dict[str, Json]) -> set[str]:
    """A pattern has at most four asterisks; in a prefix an asterisk is an ordinary character."""
    patterns = selection.get("tagPatternList")
    if not isinstance(patterns, list):
        return set()
    if any(isinstance(pattern, str) and pattern.count("*") > 4 for pattern in patterns):
        return {"too-many-wildcards"}
    return set()


def tag_status_violations(selection: dict[str, Json]) -> set[str]:
    """`tagged` takes exactly one of the two tag lists, `untagged` and `any` take none.

    It is the presence of a list that counts; what the list holds is judged elsewhere.
    """
    present = [name for name in TAG_LISTS if name in selection]
    if selection.get("tagStatus") == "tagged":
        if len(present) == 0:
            return {"tagged-without-list"}
        if len(present) == 2:
            return {"two-lists"}
    if selection.get("tagStatus") in ["untagged", "any"] and present:
        return {"list-without-tagged"}
    return set()


def count_unit_violations(selection: dict[str, Json]) -> set[str]:
    """Ages need a unit of time, and a number of images must not have one."""
    if selection.get("countType") not in COUNT_TYPES:
        return set()
    if selection["countType"] == "imageCountMoreThan":
        return {"count-type-members"} if "countUnit" in selection else set()
    return set() if "countUnit" in selection else {"missing-member", "count-type-members"}


def count_number_violations(selection: dict[str, Json]) -> set[str]:
    """Every count type needs a number; its absence is also a misfit with the count type."""
    if selection.get("countType") in COUNT_TYPES and "countNumber" not in selection:
        return {"count-type-members"}
    return set()


def storage_class_violations(selection: dict[str, Json]) -> set[str]:
    """The time since a transition is for the archive, the other count types for standard."""
    count_type = selection.get("countType")
    storage_class = selection.get("storageClass", "standard")
    if count_type not in COUNT_TYPES or storage_class not in STORAGE_CLASSES:
        return set()
    if count_type == "sinceImageTransitioned" and storage_class == "standard":
        return {"count-type-members"}
    if count_type != "sinceImageTransitioned" and storage_class == "archive":
        return {"archive-count-type", "count-type-members"}
    return set()


def days_violations(selection: dict[str, Json]) -> set[str]:
    """An archived image cannot be expired before it has been in the archive for 90 days."""
    if selection.get("countType") != "sinceImageTransitioned":
        return set()
    number = selection.get("countNumber")
    return {"too-few-days"} if is_integer(number) and 1 <= number < 90 else set()


def action_violations(action: Json) -> set[str]:
    """An action is either `expire` alone or `transition` with the archive as its target."""
    if not isinstance(action, dict):
        return {"wrong-type"}
    found = member_violations(action, ["type"], ["targetStorageClass"])
    found |= enum_violations(action, "type", ACTION_TYPES)
    found |= enum_violations(action, "targetStorageClass", TARGET_STORAGE_CLASSES)
    if action.get("type") == "expire" and "targetStorageClass" in action:
        found.add("target-storage-class")
    if action.get("type") == "transition" and "targetStorageClass" not in action:
        found.add("target-storage-class")
    return found


def count_type_and_action_violations(rule: dict[str, Json]) -> set[str]:
    """The time since a pull is for archiving only, that since a transition for expiring only."""
    selection, action = rule.get("selection"), rule.get("action")
    if not isinstance(selection, dict) or not isinstance(action, dict):
        return set()
    pair = (selection.get("countType"), action.get("type"))
    if pair in [("sinceImagePulled", "expire"), ("sinceImageTransitioned", "transition")]:
        return {"count-type-and-action"}
    return set()


def priority_violations(rules: list[dict[str, Json]]) -> set[str]:
    """No two rules of a policy have the same priority, whatever their storage classes."""
    priorities = [r["rulePriority"] for r in rules if is_integer(r.get("rulePriority"))]
    return {"duplicate-priority"} if len(set(priorities)) < len(priorities) else set()


def valid_storage_class(rule: dict[str, Json]) -> str | None:
    """The storage class a rule is about, or None where it names none that exists."""
    selection = rule.get("selection")
    if not isinstance(selection, dict):
        return None
    storage_class = selection.get("storageClass", "standard")
    return storage_class if storage_class in STORAGE_CLASSES else None


def with_tag_status(rules: list[dict[str, Json]], tag_status: str) -> list[dict[str, Json]]:
    """Those of the rules (each with a selection that is an object) that have this tag status."""
    return [rule for rule in rules if rule["selection"].get("tagStatus") == tag_status]


def untagged_violations(rules: list[dict[str, Json]]) -> set[str]:
    """Of the rules of one storage class, at most one is for untagged images."""
    return {"two-untagged"} if len(with_tag_status(rules, "untagged")) > 1 else set()


def any_violations(rules: list[dict[str, Json]]) -> set[str]:
    """Of the rules of one storage class, at most one is for all images, and it comes last."""
    found = set()
    all_images = with_tag_status(rules, "any")
    if len(all_images) > 1:
        found.add("two-any")
    for rule in all_images:
        for other in rules:
            mine, its = rule.get("rulePriority"), other.get("rulePriority")
            if is_integer(mine) and is_integer(its) and its > mine:
                found.add("any-not-last")
    return found


def prefix_set_violations(rules: list[dict[str, Json]]) -> set[str]:
    """Of the rules of one storage class, no two have the same prefixes.

    They are compared as sets: neither the order nor the repetition of entries makes a difference.
    """
    lists = [rule["selection"].get("tagPrefixList") for rule in rules]
    sets = [frozenset(entries) for entries in lists if is_list_of_strings(entries)]
    return {"equal-prefixes"} if len(set(sets)) < len(sets) else set()


# --------------------------------------------------------------------------------------------------
# Evaluation
# --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a policy does to one image.

    cascade: the image is a referrer and goes because its subject goes.
    cannot_tell: the image is untagged (or a referrer that goes with such an image), and it might
    be held by an index whose children are unknown.
    """

    digest: str
    action: str  # "EXPIRE" or "TRANSITION"
    rule_priority: int
    cascade: bool
    cannot_tell: bool


def evaluate(
    policy: dict[str, Json],
    images: list[dict[str, Json]],
    now: datetime,
    manifests: dict[str, list[str]],
) -> list[Outcome]:
    """What the policy (a valid one) does to the images of a repository, in the order it does it.

    All rules see the same snapshot: nothing that is decided for one image changes what is decided
    for another, except that a referrer follows its subject. Images have distinct digests.

    An image is acted on by one rule or by none: by the rule that owns it, provided that this rule
    marks it and that no index holds it.
    """
    rules = sorted(policy["rules"], key=priority)
    candidates = [image for image in images if subject(image, images) is None]
    outcomes: dict[str, Outcome] = {}
    for rule in rules:
        for image in marks(rule, candidates, now):
            if owns(rule, rules, image) and not is_held(image, images, manifests):
                outcomes[image["imageDigest"]] = Outcome(
                    digest=image["imageDigest"],
                    action=rule["action"]["type"].upper(),
                    rule_priority=priority(rule),
                    cascade=False,
                    cannot_tell=is_doubtful(image, images, manifests),
                )
    for image in images:
        last = last_subject(image, images)
        if last is not None and last["imageDigest"] in outcomes:
            outcomes[image["imageDigest"]] = cascaded(image, outcomes[last["imageDigest"]])
    # Older images are acted on first, referrers among them at the place of their own push.
    acted_on = [image for image in images if image["imageDigest"] in outcomes]
    return [outcomes[image["imageDigest"]] for image in sorted(acted_on, key=age_order)]


def priority(rule: dict[str, Json]) -> int:
    """Rules are applied by ascending priority number, wherever they stand in the document."""
    number: int = rule["rulePriority"]
    return number


# Times


def instant(time: datetime | str) -> int:
    """A time (aware, or ISO 8601 with an offset) as an instant that can be compared with others."""
    if isinstance(time, str):
        time = datetime.fromisoformat(time)
    return (time - CALENDAR_BEGINS) // MICROSECOND


def pushed(image: dict[str, Json]) -> int:
    """When the image was pushed; for one that was ever restored from the archive, when that was."""
    if image.get("lastActivatedAt") is not None:
        return instant(image["lastActivatedAt"])
    return instant(image["imagePushedAt"])


def pulled(image: dict[str, Json]) -> int:
    """When the image was last pulled.

    One that was never pulled counts as pulled when it was pushed. One that was restored and not
    pulled after that counts as pulled when it was restored.
    """
    if image.get("lastRecordedPullTime") is None:
        return pushed(image)
    last_pull = instant(image["lastRecordedPullTime"])
    if image.get("lastActivatedAt") is not None:
        return max(last_pull, instant(image["lastActivatedAt"]))
    return last_pull


def transitioned(image: dict[str, Json]) -> int | None:
    """When the image was last moved to the archive; None where that is not recorded."""
    if image.get("lastArchivedAt") is None:
        return None
    return instant(image["lastArchivedAt"])


def is_older_than(time: int, days: int, now: int) -> bool:
    """Strictly more than so many times 24 hours before now: to the day exactly is not older.

    Nothing is older than a number of days that leads to before the calendar begins.
    """
    limit = now - days * DAY
    return limit >= 0 and time < limit


def age_order(image: dict[str, Json]) -> tuple[int, str]:
    """Sorts older images before younger, by pushed time; if that is equal, the greater digest is
    the younger."""
    return (pushed(image), image["imageDigest"])


# Identification: by storage class and tags alone


def image_storage_class(image: dict[str, Json]) -> str | None:
    """An active image (which is the default) is in standard, an archived one in the archive.

    One that is being restored is in neither.
    """
    status = image.get("imageStatus")
    if status is None or status == "ACTIVE":
        return "standard"
    if status == "ARCHIVED":
        return "archive"
    return None


def rule_storage_class(rule: dict[str, Json]) -> str:
    """A rule that names no storage class is about standard."""
    storage_class: str = rule["selection"].get("storageClass", "standard")
    return storage_class


def tags(image: dict[str, Json]) -> list[str]:
    """The tags of the image; none where the member is absent."""
    return image.get("imageTags") or []


def pattern_covers(pattern: str, tag: str) -> bool:
    """Whether the pattern covers the tag from end to end, `*` being any run of characters.

    Reads the pattern character by character and keeps all the places in the tag up to which what
    was read can reach: an asterisk reaches from a place to every place after it as well, and any
    other character to the next place, where the tag has that very character.
    """
    reached = {0}
    for character in pattern:
        if character == "*":
            reached = {end for start in reached for end in range(start, len(tag) + 1)}
        else:
            reached = {at + 1 for at in reached if at < len(tag) and tag[at] == character}
    return len(tag) in reached


def meets_prefixes(image: dict[str, Json], prefixes: list[str]) -> bool:
    """Every prefix begins some tag of the image, not necessarily the same one; `*` is literal."""
    return all(any(tag.startswith(prefix) for tag in tags(image)) for prefix in prefixes)


def meets_patterns(image: dict[str, Json], patterns: list[str]) -> bool:
    """Every pattern covers some tag of the image, not necessarily the same one."""
    return all(any(pattern_covers(pattern, tag) for tag in tags(image)) for pattern in patterns)


def meets_tags(selection: dict[str, Json], image: dict[str, Json]) -> bool:
    """What a rule asks of the tags: nothing, that there are none, or that they meet its list."""
    if selection["tagStatus"] == "any":
        return True
    if selection["tagStatus"] == "untagged":
        return tags(image) == []
    if "tagPrefixList" in selection:
        return meets_prefixes(image, selection["tagPrefixList"])
    return meets_patterns(image, selection["tagPatternList"])


def identifies(rule: dict[str, Json], image: dict[str, Json]) -> bool:
    """A rule identifies an image of its storage class whose tags are those it asks for.

    The age of the image, and how many there are, has no part in this.
    """
    same_class = image_storage_class(image) == rule_storage_class(rule)
    return same_class and meets_tags(rule["selection"], image)


def owns(rule: dict[str, Json], rules: list[dict[str, Json]], image: dict[str, Json]) -> bool:
    """The first rule by priority that identifies the image owns it, whether it marks it or not.

    No other rule can act on the image.
    """
    identifying = [other for other in rules if identifies(other, image)]
    return identifying != [] and priority(rule) == min(priority(other) for other in identifying)


# Marking: by age or count


def marks(
    rule: dict[str, Json], candidates: list[dict[str, Json]], now: datetime
) -> list[dict[str, Json]]:
    """The images that a rule marks, out of all those that it identifies.

    These include the images that other rules own or mark, and those that an index holds: they all
    take a place in a ranking. Whether the mark has an effect is decided elsewhere.
    """
    identified = [image for image in candidates if identifies(rule, image)]
    if rule["selection"]["countType"] == "imageCountMoreThan":
        return marked_by_count(rule["selection"]["countNumber"], identified)
    return [image for image in identified if is_marked_by_age(rule, image, now)]


def marked_by_count(number: int, identified: list[dict[str, Json]]) -> list[dict[str, Json]]:
    """Ranked from the youngest to the oldest, the images after the first so many are marked."""
    youngest_first = sorted(identified, key=age_order, reverse=True)
    return youngest_first[number:]


def is_marked_by_age(rule: dict[str, Json], image: dict[str, Json], now: datetime) -> bool:
    """An image is marked if the time that the count type is about is older than so many days.

    An archived image of which it is not known since when is never marked.
    """
    time: int | None
    if rule["selection"]["countType"] == "sinceImagePushed":
        time = pushed(image)
    elif rule["selection"]["countType"] == "sinceImagePulled":
        time = pulled(image)
    else:
        time = transitioned(image)
    if time is None:
        return False
    return is_older_than(time, rule["selection"]["countNumber"], instant(now))


# Indexes


def can_hold(index: dict[str, Json], image: dict[str, Json]) -> bool:
    """An index holds other images while it is in the repository and is not archived.

    One that is being restored holds them too. What the policy is about to do to the index makes no
    difference: its children wait for the next run. An index cannot list itself.
    """
    return index.get("imageStatus") != "ARCHIVED" and index["imageDigest"] != image["imageDigest"]


def is_held(
    image: dict[str, Json], images: list[dict[str, Json]], manifests: dict[str, list[str]]
) -> bool:
    """An image is held, and not acted on, if an index that can hold it lists it as a child.

    The image may itself be an index. Only a direct mention counts: an index does not hold the
    children of its children; these are held by their own parent, as long as that one can.
    """
    return any(
        can_hold(index, image) and image["imageDigest"] in manifests.get(index["imageDigest"], [])
        for index in images
    )


def has_unknown_children(image: dict[str, Json], manifests: dict[str, list[str]]) -> bool:
    """The media type says that the image is an index, and its manifest is not known."""
    is_index = image.get("imageManifestMediaType") in INDEX_MEDIA_TYPES
    return is_index and image["imageDigest"] not in manifests


def is_doubtful(
    image: dict[str, Json], images: list[dict[str, Json]], manifests: dict[str, list[str]]
) -> bool:
    """Whether an image that is not known to be held may be held all the same.

    It may if it is untagged and some index that could hold it has unknown children; this index is
    another image, as an index cannot list itself. A tagged image is taken not to be held.
    """
    if tags(image):
        return False
    return any(
        can_hold(index, image) and has_unknown_children(index, manifests) for index in images
    )


# Referrers


def subject(image: dict[str, Json], images: list[dict[str, Json]]) -> dict[str, Json] | None:
    """The image of the snapshot that this image refers to, if it is a referrer.

    Such a referrer is identified by no rule, and so it is neither counted nor ranked. An image
    whose subject is not in the snapshot, or that names itself, is an ordinary image.
    """
    digest = image.get("subjectManifestDigest")
    for other in images:
        if other["imageDigest"] == digest and digest != image["imageDigest"]:
            return other
    return None


def last_subject(image: dict[str, Json], images: list[dict[str, Json]]) -> dict[str, Json] | None:
    """The image at the end of a chain of subjects, whose fate all referrers along it share.

    None for an image that is no referrer, and for one whose chain runs into a cycle and so never
    ends: the members of a cycle, and what hangs on them, are never acted on.
    """
    current = subject(image, images)
    seen = [image["imageDigest"]]
    while current is not None:
        if current["imageDigest"] in seen:
            return None
        seen.append(current["imageDigest"])
        following = subject(current, images)
        if following is None:
            return current
        current = following
    return None


def cascaded(referrer: dict[str, Json], of_subject: Outcome) -> Outcome:
    """A referrer goes as its subject goes: same action, same rule, same doubt.

    Neither its own storage class nor an index that lists it makes a difference.
    """
    return Outcome(
        digest=referrer["imageDigest"],
        action=of_subject.action,
        rule_priority=of_subject.rule_priority,
        cascade=True,
        cannot_tell=of_subject.cannot_tell,
    )
