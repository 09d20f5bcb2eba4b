"""A naive, executable specification of the rules that belong to a whole Amazon ECR registry.

It exists to be compared with the real implementation, so it shares no code with it and puts
clarity before speed: one small function for each of the rules, each restating its rule. The
sources are the specification of the rules, the API model of 2015-09-21 and the Amazon ECR User
Guide ("Image scanning", "Private image replication", "Private registry permissions", "Using pull
through cache rules", "Image tag mutability", "Tag restrictions"); the newest of them decides.

All values are plain JSON, with the names that the API gives to the members; only instants are
`datetime`s. A filter is given back as its text. What judges (`..._violations`) takes any JSON
value; all other functions take values that pass it.

The codes that the judges report (the list is closed), each with a JSON pointer:

    wrong-type                  a value has another JSON type than the one wanted; null is one, too
    missing-member              an object lacks a member that it must have (pointer: the object)
    unknown-member              an object has a member that does not exist
    not-in-enum                 a string is none of the permitted words
    empty-list                  a list that must have entries where it is given has none
    too-long                    a text has more characters than the API model permits
    too-many-rules              more than 2 scanning rules, 10 replication rules or 50 cache rules
    too-many-filters            more than 100 filters in a rule
    too-many-destinations       more than 25 different destinations in a replication configuration
                                (pointer: the rules), or more than 100 entries in one list
    duplicate-frequency         an earlier scanning rule has the same frequency
    frequency-and-type          BASIC with CONTINUOUS_SCAN, ENHANCED with MANUAL
    malformed-filter            a scan filter or a replication filter that is not of the grammar
    filter-length               a scan filter of not 1 to 255, a replication filter of not 2 to 256
                                characters
    malformed-account           an account that is not 12 digits
    unknown-region              a name that no Region has
    own-registry                a replication destination that is the source itself
    other-partition             a replication destination in another partition than the source
    malformed-prefix            a repository prefix that is not of the grammar, or not of 2 to 30
                                characters (of a cache rule), 1 to 256 characters (of a template)
    duplicate-prefix            an earlier rule or template has the same prefix; a slash at the
                                end makes no difference
    upstream-prefix-with-root   an upstream prefix, and not `ROOT`, beside the prefix `ROOT`
    unsupported-upstream        a URL of no upstream registry that can be cached
    registry-and-url            upstreamRegistry names another upstream than upstreamRegistryUrl
    registry-elsewhere          the account of a cache rule's registryId is not the registry's
    credential-needed           an upstream that asks for credentials, and no credentialArn
    credential-not-taken        a credentialArn for an upstream that takes none
    malformed-credential        a credentialArn that is no ARN of a secret for the cache
    credential-elsewhere        the secret's account or Region is not the registry's
    role-needed                 an ECR upstream of another account, and no customRoleArn
    role-elsewhere              the account of the customRoleArn is not the registry's
    no-cause                    appliedFor is empty
    filters-needed              a mutability with exclusion, and no exclusion filters
    filters-not-taken           a mutability without exclusion, and exclusion filters
    malformed-exclusion-filter  an exclusion filter with more than 2 `*`, or not of the grammar
    too-many-exclusion-filters  more than 5 exclusion filters
    kms-key-without-kms         a KMS key with the encryption type AES256
    malformed-kms-key           a KMS key that is not given as a key ARN
    too-many-tags               more than 50 resource tags, without those of `aws:`
    tag-key-length              a tag key of not 1 to 128 characters
    tag-value-length            a tag value of more than 256 characters
    malformed-tag-key           a tag key with a character that is not permitted
    malformed-tag-value         a tag value with a character that is not permitted
    reserved-tag                a tag key or value that begins with `aws:`, in any case
    duplicate-tag-key           an earlier tag has the same key

Where one value has several faults, all are reported; but a text of no characters has the wrong
length and no other fault. A check that compares several values is made only where each of these
values is permissible taken alone. A member that is present counts, whatever its value.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from tests.reference import permission

Json = Any
Object = dict[str, Json]
Found = set[tuple[str, str]]
# An account and a Region: the two name a registry.
Place = tuple[str, str]

SCAN_TYPES = ["BASIC", "ENHANCED"]
SCAN_FREQUENCIES = ["SCAN_ON_PUSH", "CONTINUOUS_SCAN", "MANUAL"]
FREQUENCIES_OF_TYPE = {
    "BASIC": ["SCAN_ON_PUSH", "MANUAL"],
    "ENHANCED": ["CONTINUOUS_SCAN", "SCAN_ON_PUSH"],
}
MUTABILITIES = ["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"]
WITH_EXCLUSION = ["IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"]
ENCRYPTION_TYPES = ["AES256", "KMS", "KMS_DSSE"]
CAUSES = ["REPLICATION", "PULL_THROUGH_CACHE", "CREATE_ON_PUSH"]
UPSTREAM_HOSTS = {
    "public.ecr.aws": "ecr-public",
    "quay.io": "quay",
    "registry.k8s.io": "k8s",
    "registry-1.docker.io": "docker-hub",
    "ghcr.io": "github-container-registry",
    "registry.gitlab.com": "gitlab-container-registry",
    "cgr.dev": "chainguard",
}
UPSTREAMS = ["ecr", "azure-container-registry", *UPSTREAM_HOSTS.values()]
UPSTREAMS_WITHOUT_CREDENTIALS = ["ecr", "ecr-public", "quay", "k8s"]

DAY = timedelta(hours=24)
DAYS_OF_DURATION = {f"DAYS_{days}": days for days in [180, 90, 60, 30, 14, 7, 3]}

LOWER_CASE_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789"
DIGITS = "0123456789"

# The Regions by partition, as botocore's partitions.json has them, without its pseudo-regions
# (aws-global and the like), which no registry stands in.
REGIONS: dict[str, frozenset[str]] = {
    "aws": frozenset(
        {
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "me-west-1",
            "mx-central-1",
            "sa-east-1",
            "sa-west-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
        }
    ),
    "aws-cn": frozenset({"cn-north-1", "cn-northwest-1"}),
    "aws-eusc": frozenset({"eusc-de-east-1"}),
    "aws-iso": frozenset({"us-iso-east-1", "us-iso-west-1"}),
    "aws-iso-b": frozenset({"us-isob-east-1", "us-isob-west-1"}),
    "aws-iso-e": frozenset({"eu-isoe-west-1"}),
    "aws-iso-f": frozenset({"us-isof-east-1", "us-isof-south-1"}),
    "aws-us-gov": frozenset({"us-gov-east-1", "us-gov-west-1"}),
}

# The guide's list of Regions in which no cache rules can be made.
REGIONS_WITHOUT_CACHE_RULES = ["cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1"]

# The Regions that botocore has no endpoint of Amazon Inspector for.
REGIONS_WITHOUT_INSPECTOR = [
    *["ap-southeast-6", "me-west-1", "sa-west-1", "eusc-de-east-1", "eu-isoe-west-1"],
    *["us-iso-east-1", "us-iso-west-1", "us-isob-east-1", "us-isob-west-1"],
    *["us-isof-east-1", "us-isof-south-1"],
]

# The Regions that no account has to opt in to: those that were there before 20 March 2019, and
# Osaka, which was a local Region then.
REGIONS_OF_EVERY_ACCOUNT = [
    *["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"],
    *["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"],
    *["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1"],
    *["ap-southeast-1", "ap-southeast-2"],
]


# --------------------------------------------------------------------------------------------------
# Words, names and places
# --------------------------------------------------------------------------------------------------


def covers(pattern: str, text: str) -> bool:
    """A pattern covers the whole text; each `*` stands for zero or more characters."""
    reached = {0}
    for character in pattern:
        if character == "*":
            reached = {end for start in reached for end in range(start, len(text) + 1)}
        else:
            reached = {place + 1 for place in reached if text[place : place + 1] == character}
    return len(text) in reached


def is_repository_name(text: str) -> bool:
    """A repository name has 2 to 256 characters and is a path of name parts.

    The guide wants a letter at the beginning and no `__` or `--`; the API model is newer.
    """
    return 2 <= len(text) <= 256 and is_path(text)


def is_path(text: str) -> bool:
    """Name parts with one slash between each two of them."""
    return all(is_name_part(part) for part in text.split("/"))


def is_name_part(text: str) -> bool:
    """Runs of lower-case letters and digits, with one separator between each two of them.

    A separator is a full stop, one or two underscores, or any number of hyphens.
    """
    if text == "" or not is_plain(text[0]) or not is_plain(text[-1]):
        return False
    separators = ["".join(run) for plain, run in groupby(text, is_plain) if not plain]
    return all(separator in [".", "_", "__"] or set(separator) == {"-"} for separator in separators)


def is_plain(character: str) -> bool:
    """A lower-case letter or a digit, of ASCII."""
    return character in LOWER_CASE_AND_DIGITS


def is_image_tag(text: str) -> bool:
    """A tag of the OCI grammar: 1 to 128 of `A-Z a-z 0-9 _ . -`, neither `.` nor `-` first."""
    return re.fullmatch("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}", text) is not None


def is_repository_prefix(text: str) -> bool:
    """`ROOT`, or a path of name parts that may have one slash after it."""
    return text == "ROOT" or is_path(text.removesuffix("/"))


def is_account(text: str) -> bool:
    """An account is 12 digits."""
    return len(text) == 12 and all(character in DIGITS for character in text)


def partition_of(region: str) -> str | None:
    """The partition that a Region is in; None for a name that no Region has."""
    for partition, regions in REGIONS.items():
        if region in regions:
            return partition
    return None


# --------------------------------------------------------------------------------------------------
# JSON values
# --------------------------------------------------------------------------------------------------


def below(pointer: str, name: str | int) -> str:
    """The JSON pointer of a member or an entry; `~` and `/` of a name are escaped."""
    return f"{pointer}/{str(name).replace('~', '~0').replace('/', '~1')}"


def object_violations(value: Json, pointer: str, required: list[str], optional: list[str]) -> Found:
    """An object has all its required members and no unknown ones."""
    if not isinstance(value, dict):
        return {("wrong-type", pointer)}
    found = set()
    if any(name not in value for name in required):
        found.add(("missing-member", pointer))
    for name in value:
        if name not in required + optional:
            found.add(("unknown-member", below(pointer, name)))
    return found


def members(value: Json) -> Object:
    """The members of an object; of any other value none."""
    return value if isinstance(value, dict) else {}


def list_violations(thing: Object, name: str, pointer: str) -> Found:
    """A member that is a list, if present, is a list."""
    if name in thing and not isinstance(thing[name], list):
        return {("wrong-type", below(pointer, name))}
    return set()


def entries(thing: Object, name: str) -> list[tuple[int, Json]]:
    """The entries of a list with their indexes; none where there is no such list."""
    return list(enumerate(thing[name])) if isinstance(thing.get(name), list) else []


def text_violations(thing: Object, name: str, pointer: str, longest: int | None = None) -> Found:
    """A member that is a text, if present, is a string, and not too long."""
    if name not in thing:
        return set()
    if not isinstance(thing[name], str):
        return {("wrong-type", below(pointer, name))}
    if longest is not None and len(thing[name]) > longest:
        return {("too-long", below(pointer, name))}
    return set()


def text_of(thing: Object, name: str) -> str | None:
    """The text of a member; None where it is absent or no string."""
    value = thing.get(name)
    return value if isinstance(value, str) else None


def enum_violations(thing: Object, name: str, pointer: str, permitted: list[str]) -> Found:
    """A member with a fixed choice of words, if present, is a string and one of these words."""
    if name not in thing:
        return set()
    return word_violations(thing[name], below(pointer, name), permitted)


def word_violations(value: Json, pointer: str, permitted: list[str]) -> Found:
    """A value with a fixed choice of words is a string and one of these words."""
    if not isinstance(value, str):
        return {("wrong-type", pointer)}
    if value not in permitted:
        return {("not-in-enum", pointer)}
    return set()


# --------------------------------------------------------------------------------------------------
# Scanning
# --------------------------------------------------------------------------------------------------


def filter_matches(filter: str, name: str) -> bool:  # noqa: A002
    """A scan filter without `*` matches each name that contains it; with `*` it covers the name."""
    if "*" in filter:
        return covers(filter, name)
    return filter in name


def scanning_effective(configuration: Object | None, name: str, scan_on_push: bool) -> Object:
    """How often the images of a repository are scanned, and which rule of the registry says so.

    The rule that wins is, of those with a filter that matches, the one with the strongest
    frequency: CONTINUOUS_SCAN, then SCAN_ON_PUSH, then MANUAL.
    """
    scan_type = (configuration or {}).get("scanType", "BASIC")
    rules = (configuration or {}).get("rules", [])
    if rules == []:
        return without_rules(scan_type, scan_on_push)
    matching = [matching_filters(rule["repositoryFilters"], name) for rule in rules]
    for frequency in ["CONTINUOUS_SCAN", "SCAN_ON_PUSH", "MANUAL"]:
        for index, rule in enumerate(rules):
            if rule["scanFrequency"] == frequency and matching[index] != []:
                others = matching[:index] + matching[index + 1 :]
                lost = [text for texts in others for text in texts]
                return effective(frequency, index, matching[index], lost)
    return effective("MANUAL" if scan_type == "BASIC" else "OFF", None, [], [])


def without_rules(scan_type: str, scan_on_push: bool) -> Object:
    """A registry without rules: ENHANCED scans all continuously, BASIC asks the repository."""
    if scan_type == "ENHANCED":
        return effective("CONTINUOUS_SCAN", None, [], [])
    return effective("SCAN_ON_PUSH" if scan_on_push else "MANUAL", None, [], [])


def matching_filters(filters: list[Object], name: str) -> list[str]:
    """The scan filters that match a repository; a rule without filters matches none."""
    return [entry["filter"] for entry in filters if filter_matches(entry["filter"], name)]


def effective(frequency: str, rule: int | None, applied: list[str], lost: list[str]) -> Object:
    """The answer of `scanning_effective`."""
    return {"frequency": frequency, "rule": rule, "applied": applied, "lost": lost}


def scanning_violations(configuration: Json) -> list[tuple[str, str]]:
    """What is wrong with the scanning configuration of a registry.

    It has a scan type and a list of rules, at most 2; both may be missing, then it is BASIC
    without rules.
    """
    found = object_violations(configuration, "", [], ["scanType", "rules"])
    thing = members(configuration)
    found |= enum_violations(thing, "scanType", "", SCAN_TYPES)
    found |= list_violations(thing, "rules", "")
    rules = entries(thing, "rules")
    if len(rules) > 2:
        found.add(("too-many-rules", "/rules"))
    for index, rule in rules:
        found |= scanning_rule_violations(rule, f"/rules/{index}")
    found |= duplicate_frequency_violations([rule for _, rule in rules])
    found |= frequency_and_type_violations(
        thing.get("scanType", "BASIC"), [rule for _, rule in rules]
    )
    return sorted(found)


def scanning_rule_violations(rule: Json, pointer: str) -> Found:
    """A scanning rule has a frequency and a list of 0 to 100 filters."""
    found = object_violations(rule, pointer, ["scanFrequency", "repositoryFilters"], [])
    thing = members(rule)
    found |= enum_violations(thing, "scanFrequency", pointer, SCAN_FREQUENCIES)
    found |= filter_list_violations(thing, pointer)
    for index, entry in entries(thing, "repositoryFilters"):
        place = f"{pointer}/repositoryFilters/{index}"
        found |= filter_object_violations(entry, place, "WILDCARD")
        text = text_of(members(entry), "filter")
        if text is not None:
            found |= filter_length_violations(text, f"{place}/filter", 1, 255)
            if text != "" and not is_scan_filter(text):
                found.add(("malformed-filter", f"{place}/filter"))
    return found


def filter_list_violations(rule: Object, pointer: str) -> Found:
    """The filters of a rule are a list of at most 100."""
    found = list_violations(rule, "repositoryFilters", pointer)
    if len(entries(rule, "repositoryFilters")) > 100:
        found.add(("too-many-filters", f"{pointer}/repositoryFilters"))
    return found


def filter_object_violations(entry: Json, pointer: str, filter_type: str) -> Found:
    """A filter is an object of a text and a type, of which there is one only."""
    found = object_violations(entry, pointer, ["filter", "filterType"], [])
    found |= text_violations(members(entry), "filter", pointer)
    return found | enum_violations(members(entry), "filterType", pointer, [filter_type])


def filter_length_violations(text: str, pointer: str, shortest: int, longest: int) -> Found:
    """A filter has a least and a greatest number of characters, both included."""
    if shortest <= len(text) <= longest:
        return set()
    return {("filter-length", pointer)}


def is_scan_filter(text: str) -> bool:
    """Lower-case letters, digits and `*`, with single separators `.`, `_`, `-`, `/` between them.

    A separator is neither first nor last, and no two of them stand together.
    """
    plain = LOWER_CASE_AND_DIGITS + "*"
    if any(character not in plain + "._-/" for character in text):
        return False
    around = [text[0], text[-1]]
    pairs = [text[place : place + 2] for place in range(len(text) - 1)]
    return all(character in plain for character in around) and all(
        pair[0] in plain or pair[1] in plain for pair in pairs
    )


def duplicate_frequency_violations(rules: list[Json]) -> Found:
    """No two rules have the same frequency; the later one is reported."""
    found = set()
    for index, rule in enumerate(rules):
        frequency = members(rule).get("scanFrequency")
        earlier = [members(other).get("scanFrequency") for other in rules[:index]]
        if frequency in SCAN_FREQUENCIES and frequency in earlier:
            found.add(("duplicate-frequency", f"/rules/{index}/scanFrequency"))
    return found


def frequency_and_type_violations(scan_type: Json, rules: list[Json]) -> Found:
    """BASIC goes with SCAN_ON_PUSH and MANUAL, ENHANCED with CONTINUOUS_SCAN and SCAN_ON_PUSH."""
    found: Found = set()
    if scan_type not in SCAN_TYPES:
        return found
    for index, rule in enumerate(rules):
        frequency = members(rule).get("scanFrequency")
        if frequency in SCAN_FREQUENCIES and frequency not in FREQUENCIES_OF_TYPE[scan_type]:
            found.add(("frequency-and-type", f"/rules/{index}/scanFrequency"))
    return found


def scan_state(
    *,
    frequency: str,
    scan_type: str,
    pushed_at: datetime,
    enabled_at: datetime | None,
    duration: str,
    last_scan_at: datetime | None,
    archived: bool,
    now: datetime,
    use_duration: str | None = None,
    used_at: datetime | None = None,
    activated_at: datetime | None = None,
) -> Object:
    """The scan status of an image, whether a scan may be started by hand, and if not, when next.

    An archived image is not scanned, whatever else is so.
    """
    if archived:
        return {"status": "IMAGE_ARCHIVED", "mayScan": False, "nextScanAt": None}
    if scan_type == "BASIC":
        return basic_state(last_scan_at, now)
    push_counts_from = pushed_at if activated_at is None else activated_at
    elapsed = duration_elapsed(push_counts_from, duration, now)
    if use_duration is not None and used_at is not None:
        elapsed = elapsed and duration_elapsed(used_at, use_duration, now)
    status = enhanced_status(frequency, pushed_at, enabled_at, elapsed=elapsed)
    return {"status": status, "mayScan": False, "nextScanAt": None}


def basic_state(last_scan_at: datetime | None, now: datetime) -> Object:
    """Basic scanning: an image may be scanned once in 24 hours, and again when they are over.

    The status is COMPLETE where a scan is known, otherwise it is not known.
    """
    if last_scan_at is None:
        return {"status": None, "mayScan": True, "nextScanAt": None}
    next_scan_at = last_scan_at + DAY
    if now >= next_scan_at:
        return {"status": "COMPLETE", "mayScan": True, "nextScanAt": None}
    return {"status": "COMPLETE", "mayScan": False, "nextScanAt": next_scan_at}


def enhanced_status(
    frequency: str,
    pushed_at: datetime,
    enabled_at: datetime | None,
    *,
    elapsed: bool,
) -> str | None:
    """Enhanced scanning: OFF has no status; then eligibility; then what the frequency means.

    Scan on push: the image is scanned if it was pushed when enhanced scanning was on already; no
    instant of turning it on means that it has been on all the time.
    """
    if frequency == "OFF":
        return None
    if pushed_too_early(pushed_at, enabled_at) or elapsed:
        return "SCAN_ELIGIBILITY_EXPIRED"
    if frequency == "CONTINUOUS_SCAN":
        return "ACTIVE"
    if frequency == "SCAN_ON_PUSH" and (enabled_at is None or pushed_at >= enabled_at):
        return "COMPLETE"
    return None


def pushed_too_early(pushed_at: datetime, enabled_at: datetime | None) -> bool:
    """An image that is too old when enhanced scanning is turned on is passed over.

    That is more than 14 days, or more than 30 where it was turned on before 16 May 2025.
    """
    if enabled_at is None:
        return False
    days = 30 if enabled_at < datetime(2025, 5, 16, tzinfo=UTC) else 14
    return enabled_at - pushed_at > days * DAY


def duration_elapsed(start: datetime, duration: str, now: datetime) -> bool:
    """An image is scanned for its lifetime, or for some days after its push or its use."""
    return duration != "LIFETIME" and now - start > DAYS_OF_DURATION[duration] * DAY


# --------------------------------------------------------------------------------------------------
# Replication
# --------------------------------------------------------------------------------------------------


def replication_violations(configuration: Json, account: str, region: str) -> list[tuple[str, str]]:
    """What is wrong with the replication configuration of the registry of an account and Region.

    It has at most 10 rules and over all of them at most 25 different destinations.
    """
    found = object_violations(configuration, "", ["rules"], [])
    thing = members(configuration)
    found |= list_violations(thing, "rules", "")
    rules = entries(thing, "rules")
    if len(rules) > 10:
        found.add(("too-many-rules", "/rules"))
    different = set()
    for index, rule in rules:
        found |= replication_rule_violations(rule, f"/rules/{index}", account, region)
        for _, destination in entries(members(rule), "destinations"):
            different |= well_formed_places(destination)
    if len(different) > 25:
        found.add(("too-many-destinations", "/rules"))
    return sorted(found)


def replication_rule_violations(rule: Json, pointer: str, account: str, region: str) -> Found:
    """A replication rule has destinations, at most 100 of them, and may have filters.

    It may also say whether deletions are replicated.
    """
    optional = ["repositoryFilters", "deleteReplication"]
    found = object_violations(rule, pointer, ["destinations"], optional)
    thing = members(rule)
    found |= list_violations(thing, "destinations", pointer)
    if len(entries(thing, "destinations")) > 100:
        found.add(("too-many-destinations", f"{pointer}/destinations"))
    for index, destination in entries(thing, "destinations"):
        place = f"{pointer}/destinations/{index}"
        found |= destination_violations(destination, place, account, region)
    found |= replication_filter_violations(thing, pointer)
    return found | delete_replication_violations(thing, pointer)


def destination_violations(destination: Json, pointer: str, account: str, region: str) -> Found:
    """A destination is a registry: an account and a Region of the same partition, not the source's.

    The partitions are compared only where both Regions are known.
    """
    found = object_violations(destination, pointer, ["region", "registryId"], [])
    thing = members(destination)
    found |= account_violations(thing, pointer)
    found |= text_violations(thing, "region", pointer)
    there = text_of(thing, "region")
    if there is not None and partition_of(there) is None:
        found.add(("unknown-region", f"{pointer}/region"))
    elif there is not None and partition_of(region) not in [None, partition_of(there)]:
        found.add(("other-partition", f"{pointer}/region"))
    if (account, region) in well_formed_places(destination):
        found.add(("own-registry", pointer))
    return found


def account_violations(thing: Object, pointer: str) -> Found:
    """The account of a registry, if given, is 12 digits."""
    found = text_violations(thing, "registryId", pointer)
    account = text_of(thing, "registryId")
    if account is not None and not is_account(account):
        found.add(("malformed-account", f"{pointer}/registryId"))
    return found


def well_formed_places(destination: Json) -> set[Place]:
    """The registry that a destination names; empty where its account or Region is none."""
    account = text_of(members(destination), "registryId")
    region = text_of(members(destination), "region")
    if account is None or region is None or not is_account(account) or not partition_of(region):
        return set()
    return {(account, region)}


def replication_filter_violations(rule: Object, pointer: str) -> Found:
    """The filters of a replication rule, if given, are 1 to 100 of 2 to 256 characters each."""
    found = filter_list_violations(rule, pointer)
    if rule.get("repositoryFilters") == []:
        found.add(("empty-list", f"{pointer}/repositoryFilters"))
    for index, entry in entries(rule, "repositoryFilters"):
        place = f"{pointer}/repositoryFilters/{index}"
        found |= filter_object_violations(entry, place, "PREFIX_MATCH")
        text = text_of(members(entry), "filter")
        if text is not None:
            found |= filter_length_violations(text, f"{place}/filter", 2, 256)
            if not is_replication_filter(text):
                found.add(("malformed-filter", f"{place}/filter"))
    return found


def is_replication_filter(text: str) -> bool:
    """The beginning of a repository name: lower-case letters, digits, `.`, `_`, `-` and `/`.

    What stands before a slash begins with a letter or a digit.
    """
    if any(character not in LOWER_CASE_AND_DIGITS + "._-/" for character in text):
        return False
    whole_parts = text.split("/")[:-1]
    return all(part != "" and is_plain(part[0]) for part in whole_parts)


def delete_replication_violations(rule: Object, pointer: str) -> Found:
    """Whether deletions are replicated is said by an object with one member, true or false."""
    if "deleteReplication" not in rule:
        return set()
    place = f"{pointer}/deleteReplication"
    found = object_violations(rule["deleteReplication"], place, ["enabled"], [])
    if not isinstance(members(rule["deleteReplication"]).get("enabled", False), bool):
        found.add(("wrong-type", f"{place}/enabled"))
    return found


def is_carried(pushed_at: datetime, activated_at: datetime | None, since: datetime) -> bool:
    """An image is replicated if it was pushed, or restored from the archive, from then on."""
    return any(at is not None and at >= since for at in [pushed_at, activated_at])


def regional_doubts(home: Object) -> list[Object]:
    """What a Region may lack so that settings do not act: each with the accounts it hangs on."""
    here = home["region"]
    found = []
    if home.get("pullThroughCacheRules") and here in REGIONS_WITHOUT_CACHE_RULES:
        found.append({"lacking": "CACHE_RULES", "region": here, "accounts": []})
    scan_type = home.get("scanningConfiguration", {}).get("scanType")
    if scan_type == "ENHANCED" and here in REGIONS_WITHOUT_INSPECTOR:
        found.append({"lacking": "ENHANCED_SCANNING", "region": here, "accounts": []})
    places = destinations(replication_rules(home))
    for region in dict.fromkeys(there for _, there in places):
        if partition_of(region) != "aws" or region in REGIONS_OF_EVERY_ACCOUNT:
            continue
        accounts = []
        for account, there in places:
            if there == region:
                accounts += [home["registryId"]] if region != here else []
                accounts.append(account)
        unlike = list(dict.fromkeys(accounts))
        found.append({"lacking": "OPT_IN", "region": region, "accounts": unlike})
    return found


def replicas(registries: list[Object], push: Object) -> Object:
    """What becomes of an image that is pushed, in the other registries.

    An image that arrived by replication itself is not replicated: there is no chaining.
    """
    here = (push["registryId"], push["region"])
    name = push["repositoryName"]
    source = registry_at(registries, here)
    if source is None:
        raise ValueError("the registry that the image is pushed to is not given")
    rules = replication_rules(source)
    chosen = [place for place in destinations(rules) if choosing_rules(rules, place, name) != []]
    not_chosen = [place for place in destinations(rules) if place not in chosen]
    if push["replicated"]:
        chosen = []
    made = [replica(registries, rules, place, push) for place in chosen]
    reached = [
        place for place, entry in zip(chosen, made, strict=True) if entry["outcome"] == "REPLICATED"
    ]
    return {
        "replicas": made,
        "notChosen": [{"registryId": account, "region": region} for account, region in not_chosen],
        "notChained": [
            {"from": list(place), "to": list(further)}
            for place in reached
            for further in sent_on(registry_at(registries, place), name)
        ],
    }


def registry_at(registries: list[Object], place: Place) -> Object | None:
    """The registry of an account and a Region; None where it is not known."""
    for registry in registries:
        if (registry["registryId"], registry["region"]) == place:
            return registry
    return None


def replication_rules(registry: Object) -> list[Object]:
    """The replication rules of a registry; none without a replication configuration."""
    configuration = registry.get("replicationConfiguration")
    rules: list[Object] = [] if configuration is None else configuration["rules"]
    return rules


def destinations(rules: list[Object]) -> list[Place]:
    """The destinations of all rules, each once, in the order in which they first stand there."""
    found: list[Place] = []
    for rule in rules:
        for destination in rule["destinations"]:
            place = (destination["registryId"], destination["region"])
            if place not in found:
                found.append(place)
    return found


def choosing_rules(rules: list[Object], place: Place, name: str) -> list[int]:
    """The rules that send a repository to a destination."""
    return [
        index
        for index, rule in enumerate(rules)
        if place in destinations([rule]) and rule_chooses(rule, name)
    ]


def rule_chooses(rule: Object, name: str) -> bool:
    """A rule chooses the repositories that one of its filters meets; without filters, all."""
    return "repositoryFilters" not in rule or met_filters(rule, name) != []


def met_filters(rule: Object, name: str) -> list[str]:
    """A filter is met by the repository names that begin with its text."""
    filters = rule.get("repositoryFilters", [])
    return [entry["filter"] for entry in filters if name.startswith(entry["filter"])]


def sent_on(registry: Object | None, name: str) -> list[Place]:
    """Where the configuration of a registry sends the images of a repository."""
    rules = [] if registry is None else replication_rules(registry)
    return [place for place in destinations(rules) if choosing_rules(rules, place, name) != []]


def replica(registries: list[Object], rules: list[Object], place: Place, push: Object) -> Object:
    """What becomes of the image at one destination that was chosen."""
    chosen_by = choosing_rules(rules, place, push["repositoryName"])
    filters = [
        text for index in chosen_by for text in met_filters(rules[index], push["repositoryName"])
    ]
    return {
        "registryId": place[0],
        "region": place[1],
        "rules": chosen_by,
        "filters": filters,
        **arrival(registry_at(registries, place), push),
    }


def arrival(registry: Object | None, push: Object) -> Object:
    """Whether the image comes to a registry, and with which tags.

    A registry that is not known says nothing. Where the repository is missing, it is created, and
    that must be permitted as well; where nobody tells whether it is missing, that may hang on it.
    """
    tags = push["imageTags"]
    if registry is None:
        return outcome("UNKNOWN", None, tags, [])
    name = push["repositoryName"]
    is_listed = "repositories" in registry
    repository = repository_of(registry, name)
    may_replicate = permits(registry, push["registryId"], "ecr:ReplicateImage", name)
    may_create = permits(registry, push["registryId"], "ecr:CreateRepository", name)
    if may_replicate == "DENIED" or (is_listed and repository is None and may_create == "DENIED"):
        return outcome("DENIED", False, [], [])
    needed = [may_replicate] if repository is not None else [may_replicate, may_create]
    word = "REPLICATED" if set(needed) == {"ALLOWED"} else "UNKNOWN"
    if not is_listed:
        return outcome(word, None, tags, [])
    if repository is None:
        templates = registry.get("repositoryCreationTemplates", [])
        settings = new_repository(templates, name, "REPLICATION")
        kept = kept_tags({**settings, "images": []}, push)
    else:
        kept = kept_tags(repository, push)
    dropped = [tag for tag in tags if tag not in kept]
    return outcome(word, repository is None, kept, dropped)


def outcome(word: str, creates: bool | None, kept: list[str], dropped: list[str]) -> Object:
    """The part of a replica that says what became of it."""
    return {
        "outcome": word,
        "createsRepository": creates,
        "keptTags": kept,
        "droppedTags": dropped,
    }


def repository_of(registry: Object, name: str) -> Object | None:
    """The repository of that name; None where none is told."""
    for repository in registry.get("repositories", []):
        if repository["repositoryName"] == name:
            found: Object = repository
            return found
    return None


def kept_tags(repository: Object, push: Object) -> list[str]:
    """A tag that is immutable here and taken by another image is dropped from the replica."""
    return [
        tag
        for tag in push["imageTags"]
        if tag_push(
            repository.get("imageTagMutability", "MUTABLE"),
            repository.get("imageTagMutabilityExclusionFilters", []),
            repository["images"],
            tag,
            push["imageDigest"],
        )["allowed"]
    ]


def permits(registry: Object, source_account: str, action: str, name: str) -> permission.Permission:
    """What the registry permits a source in the same partition."""
    partition = partition_of(registry["region"])
    if partition is None:
        raise ValueError("the Region of a registry is none")
    return permission.permits(registry, partition, source_account, action, name)


# --------------------------------------------------------------------------------------------------
# Prefixes of pull through cache rules and of repository creation templates
# --------------------------------------------------------------------------------------------------


def below_prefix(prefix: str, name: str) -> str | None:
    """What follows a prefix in a repository name; None for a name that is not below it.

    A prefix has an implied slash at its end, whether or not one is written. `ROOT` stands above
    all names.
    """
    if prefix == "ROOT":
        return name
    start = prefix.removesuffix("/") + "/"
    if name.startswith(start) and name != start:
        return name[len(start) :]
    return None


def prefix_for(prefixes: list[str], name: str) -> str | None:
    """The longest prefix that the name is below; `ROOT` only where there is no other."""
    fitting = [
        prefix for prefix in prefixes if prefix != "ROOT" and below_prefix(prefix, name) is not None
    ]
    if fitting:
        return max(fitting, key=lambda prefix: len(prefix.removesuffix("/")))
    return "ROOT" if "ROOT" in prefixes else None


def cache_rule_for(rules: list[Object], name: str) -> Object | None:
    """The cache rule of a repository, and the upstream repository that it is filled from.

    The prefix is given back as it is written in the rule.
    """
    prefix = prefix_for([rule["ecrRepositoryPrefix"] for rule in rules], name)
    for rule in rules:
        if rule["ecrRepositoryPrefix"] == prefix:
            upstream = f"{rule['upstreamRegistryUrl']}/{upstream_repository(rule, name)}"
            return {"prefix": prefix, "upstream": upstream}
    return None


def upstream_repository(rule: Object, name: str) -> str | None:
    """What follows the rule's prefix, below the upstream prefix where that is not `ROOT`."""
    rest = below_prefix(rule["ecrRepositoryPrefix"], name)
    upstream_prefix = rule.get("upstreamRepositoryPrefix", "ROOT")
    if upstream_prefix == "ROOT":
        return rest
    return f"{upstream_prefix.removesuffix('/')}/{rest}"


PULL_ACTIONS = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
IMPORT_ACTION = "ecr:BatchImportUpstreamImage"
CREATE_ACTION = "ecr:CreateRepository"
# What no policy of a repository or a registry grants.
TOKEN_ACTION = "ecr:GetAuthorizationToken"
RULE_ACTION = "ecr:CreatePullThroughCacheRule"
NEEDED_OF_A_CACHE = [TOKEN_ACTION, *PULL_ACTIONS, IMPORT_ACTION, CREATE_ACTION]


def cache_access(
    *,
    account: str,
    region: str,
    name: str,
    exists: bool,
    principal: str,
    identity_policy: Object | None,
    repository_policy: Object | None,
    registry_policy: Object | None,
) -> Object:
    """What a user lacks to pull a name that a cache rule serves; whether it may add such a rule.

    Besides what every pull needs, the image must be imported, and the repository created where it
    is missing. A repository that is missing has no policy.
    """
    arn = f"arn:{partition_of(region)}:ecr:{region}:{account}:repository/{name}"
    resource_policies = [registry_policy, repository_policy if exists else None]

    def may(action: str, resource: str = arn) -> bool:
        own = identity_effect(identity_policy, action, resource)
        if action in [TOKEN_ACTION, RULE_ACTION]:
            return own == "Allow"
        granted = [user_effect(each, principal, action, resource) for each in resource_policies]
        return may_by(own, granted, is_own_account=principal.split(":")[4] == account)

    missing = [
        action
        for action in NEEDED_OF_A_CACHE
        if not (exists and action == CREATE_ACTION)
        and not may(action, "*" if action == TOKEN_ACTION else arn)
    ]
    is_own = principal.split(":")[4] == account
    return {
        "allowed": missing == [],
        "missing": missing,
        "mayAddRule": is_own and may(RULE_ACTION, "*"),
    }


def may_by(own: str | None, granted: list[str | None], *, is_own_account: bool) -> bool:
    """One denial is enough. Within the account either side may allow; else both have to.

    A policy of a resource that names the account leaves it to the account's own policies.
    """
    if own == "Deny" or "Deny" in granted:
        return False
    if is_own_account:
        return own == "Allow" or "Allow" in granted
    return own == "Allow" and ("Allow" in granted or "Allow to the account" in granted)


def identity_effect(policy: Object | None, action: str, resource: str) -> str | None:
    """What the policy of a user says; a statement that denies beats one that allows."""
    statements = [] if policy is None else as_list(policy["Statement"])
    effects = [each["Effect"] for each in statements if covers_request(each, action, resource)]
    return "Deny" if "Deny" in effects else "Allow" if effects else None


def user_effect(policy: Object | None, user: str, action: str, resource: str) -> str | None:
    """What the policy of a resource says to a user: of its own ARN, of all, or of its account.

    The policy of a repository has no resources, and is about it.
    """
    found = set()
    for statement in [] if policy is None else as_list(policy["Statement"]):
        about = {"Resource": "*", **statement}
        if not covers_request(about, action, resource):
            continue
        named = principals(statement["Principal"])
        if user in named or "*" in named:
            found.add(statement["Effect"])
        elif user.split(":")[4] in [account_of_principal(each) for each in named]:
            to_account = {"Allow": "Allow to the account", "Deny": "Deny"}
            found.add(to_account[statement["Effect"]])
    return next((each for each in ["Deny", "Allow", "Allow to the account"] if each in found), None)


def as_list(value: Json) -> list[Json]:
    """One value stands for a list of it."""
    return value if isinstance(value, list) else [value]


def principals(principal: Json) -> list[Json]:
    """`"*"` says the same as `{"AWS": "*"}`."""
    if principal == "*":
        return ["*"]
    if not isinstance(principal, dict) or set(principal) != {"AWS"}:
        raise ValueError("a principal is * or of the kind AWS")
    return as_list(principal["AWS"])


def account_of_principal(entry: Json) -> str | None:
    """An account stands as its 12 digits or as the ARN of its root user."""
    if not isinstance(entry, str):
        return None
    root = re.fullmatch("arn:aws[a-z-]*:iam::([0-9]{12}):root", entry)
    if root is not None:
        return root[1]
    return entry if is_account(entry) else None


def covers_request(statement: Object, action: str, resource: str) -> bool:
    """A statement is about a request that one of its actions and one of its resources cover."""
    return any(
        covers(each.lower(), action.lower()) for each in as_list(statement["Action"])
    ) and any(covers(each, resource) for each in as_list(statement["Resource"]))


def cache_failure(
    *,
    account: str,
    region: str,
    name: str,
    exists: bool,
    principal: str,
    identity_policy: Object | None,
    repository_policy: Object | None,
    registry_policy: Object | None,
) -> str | None:
    """What a user is told who may not create the repository, or may not import the image."""
    missing = cache_access(
        account=account,
        region=region,
        name=name,
        exists=exists,
        principal=principal,
        identity_policy=identity_policy,
        repository_policy=repository_policy,
        registry_policy=registry_policy,
    )["missing"]
    if CREATE_ACTION in missing:
        return (
            f"name unknown: The repository with name '{name}' does not exist in the registry "
            f"with id '{account}'"
        )
    return "manifest unknown: Requested image not found" if IMPORT_ACTION in missing else None


def cache_is_due(looked_at: datetime, now: datetime) -> bool:
    """The upstream is asked for a newer image when the last look is 24 hours ago."""
    return now - looked_at >= DAY


def cache_looks_upstream(
    recorded_pull_at: datetime | None, now: datetime, imported_at: datetime | None = None
) -> bool | None:
    """Whether the upstream is asked, from the pull that is recorded; None where that is open.

    The import is a look; later ones are no later than the last pull. That is the recorded one, or
    one in the day after it, which need not be recorded.
    """
    if imported_at is not None and not cache_is_due(imported_at, now):
        return False
    if recorded_pull_at is not None and cache_is_due(recorded_pull_at + DAY, now):
        return True
    return None


def cache_pull(
    cached_repository: Object | None, reference: str, looked_at: datetime | None, now: datetime
) -> str:
    """What a pull of a tag or a digest of a cached name does.

    What is not there is imported. A digest names one image for ever, and an immutable tag may not
    move, so that both stay. Any other tag is served for 24 hours, and then renewed. An archived
    image cannot be pulled.
    """
    images = [] if cached_repository is None else cached_repository["images"]
    for image in images:
        is_meant = reference in [image["imageDigest"], *image.get("imageTags", [])]
        if is_meant and image.get("imageStatus") == "ARCHIVED":
            return "ARCHIVED"
    digests = [image["imageDigest"] for image in images]
    if reference in digests:
        return "FIXED"
    if cached_repository is None or not any(
        reference in image.get("imageTags", []) for image in images
    ):
        return "IMPORTED"
    newer = tag_push(
        cached_repository["imageTagMutability"],
        cached_repository.get("imageTagMutabilityExclusionFilters", []),
        images,
        reference,
        "a newer image",
    )
    if not newer["allowed"]:
        return "KEPT"
    return "RENEWED" if looked_at is None or cache_is_due(looked_at, now) else "SERVED"


def template_for(templates: list[Object], name: str, cause: str) -> Object | None:
    """The template of a new repository: only those that apply for the cause are looked at."""
    applying = [template for template in templates if cause in template["appliedFor"]]
    prefix = prefix_for([template["prefix"] for template in applying], name)
    for template in applying:
        if template["prefix"] == prefix:
            return template
    return None


def new_repository(templates: list[Object], name: str, cause: str) -> Object:
    """The settings of a repository that the service creates.

    They are those of its template, and where that is silent, or there is none, the service's
    defaults. The text of a policy that is empty is none.
    """
    template = template_for(templates, name, cause) or {}
    return {
        "imageTagMutability": template.get("imageTagMutability", "MUTABLE"),
        "imageTagMutabilityExclusionFilters": template.get(
            "imageTagMutabilityExclusionFilters", []
        ),
        "encryptionConfiguration": template.get(
            "encryptionConfiguration", {"encryptionType": "AES256"}
        ),
        "resourceTags": template.get("resourceTags", []),
        "repositoryPolicy": template.get("repositoryPolicy") or None,
        "lifecyclePolicy": template.get("lifecyclePolicy") or None,
        "template": template.get("prefix"),
    }


def prefix_violations(thing: Object, name: str, pointer: str, shortest: int, longest: int) -> Found:
    """A prefix, if given, is of the grammar and has a permitted number of characters."""
    found = text_violations(thing, name, pointer)
    text = text_of(thing, name)
    if text is not None and not is_prefix_of_length(text, shortest, longest):
        found.add(("malformed-prefix", below(pointer, name)))
    return found


def is_prefix_of_length(text: str, shortest: int, longest: int) -> bool:
    """The characters of a prefix are counted as they are written, a slash at the end with them."""
    return shortest <= len(text) <= longest and is_repository_prefix(text)


def duplicate_prefix_violations(
    things: list[Json], name: str, shortest: int, longest: int
) -> Found:
    """No two things have the same prefix, with or without a slash; the later one is reported."""
    found = set()
    earlier = set()
    for index, thing in enumerate(things):
        text = text_of(members(thing), name)
        if text is None or not is_prefix_of_length(text, shortest, longest):
            continue
        if text.removesuffix("/") in earlier:
            found.add(("duplicate-prefix", f"/{index}/{name}"))
        earlier.add(text.removesuffix("/"))
    return found


def cache_rule_violations(rules: Json, account: str, region: str) -> list[tuple[str, str]]:
    """What is wrong with the pull through cache rules of a registry: a list of at most 50."""
    if not isinstance(rules, list):
        return [("wrong-type", "")]
    found: Found = set()
    if len(rules) > 50:
        found.add(("too-many-rules", ""))
    for index, rule in enumerate(rules):
        found |= one_cache_rule_violations(rule, f"/{index}", account, region)
    found |= duplicate_prefix_violations(rules, "ecrRepositoryPrefix", 2, 30)
    return sorted(found)


def one_cache_rule_violations(rule: Json, pointer: str, account: str, region: str) -> Found:
    """A cache rule has a prefix and the URL of an upstream; the rest depends on the upstream."""
    optional = [
        "createdAt",
        "updatedAt",
        "registryId",
        "upstreamRegistry",
        "credentialArn",
        "customRoleArn",
        "upstreamRepositoryPrefix",
    ]
    required = ["ecrRepositoryPrefix", "upstreamRegistryUrl"]
    found = object_violations(rule, pointer, required, optional)
    thing = members(rule)
    found |= prefix_violations(thing, "ecrRepositoryPrefix", pointer, 2, 30)
    found |= prefix_violations(thing, "upstreamRepositoryPrefix", pointer, 2, 30)
    upstream_prefix = text_of(thing, "upstreamRepositoryPrefix")
    if thing.get("ecrRepositoryPrefix") == "ROOT" and upstream_prefix not in [None, "ROOT"]:
        found.add(("upstream-prefix-with-root", below(pointer, "upstreamRepositoryPrefix")))
    found |= account_violations(thing, pointer)
    stated = text_of(thing, "registryId")
    if stated is not None and is_account(stated) and stated != account:
        found.add(("registry-elsewhere", f"{pointer}/registryId"))
    found |= enum_violations(thing, "upstreamRegistry", pointer, UPSTREAMS)
    found |= text_violations(thing, "upstreamRegistryUrl", pointer)
    found |= credential_violations(thing, pointer, account, region)
    found |= role_violations(thing, pointer, account)
    url = text_of(thing, "upstreamRegistryUrl")
    if url is None:
        return found
    if upstream_of(url) is None:
        return found | {("unsupported-upstream", f"{pointer}/upstreamRegistryUrl")}
    return found | upstream_violations(thing, url, pointer, account)


def upstream_of(url: str) -> str | None:
    """The upstream that a URL (a host name, no more) belongs to; None if it is not supported."""
    if url in UPSTREAM_HOSTS:
        return UPSTREAM_HOSTS[url]
    if re.fullmatch(r"[a-z0-9-]+\.azurecr\.io", url):
        return "azure-container-registry"
    return "ecr" if account_of_upstream(url) is not None else None


def account_of_upstream(url: str) -> str | None:
    """The account of an ECR registry, whose host names account and Region; None for any other.

    The host ends in `.cn` in the partition of China, and only there.
    """
    for suffix in [".amazonaws.com", ".amazonaws.com.cn"]:
        account, _, region = url.removesuffix(suffix).partition(".dkr.ecr.")
        in_china = partition_of(region) == "aws-cn"
        if (
            url.endswith(suffix)
            and is_account(account)
            and partition_of(region) is not None
            and in_china == suffix.endswith(".cn")
        ):
            return account
    return None


def credential_violations(rule: Object, pointer: str, account: str, region: str) -> Found:
    """A credential, if given, is a secret for the cache, of the registry's account and Region."""
    place = f"{pointer}/credentialArn"
    found = text_violations(rule, "credentialArn", pointer)
    arn = text_of(rule, "credentialArn")
    if arn is None:
        return found
    if not is_credential(arn):
        return found | {("malformed-credential", place)}
    if arn.split(":")[3:-2] != [region, account]:
        found.add(("credential-elsewhere", place))
    return found


def is_credential(arn: str) -> bool:
    """The ARN of a secret whose name begins with `ecr-pullthroughcache/`, of 50 to 612 letters."""
    pattern = (
        r"arn:aws(-\w+)*:secretsmanager:[a-zA-Z0-9-:]+"
        r":secret:ecr-pullthroughcache/[a-zA-Z0-9/_+=.@-]+"
    )
    return 50 <= len(arn) <= 612 and re.fullmatch(pattern, arn, re.ASCII) is not None


def role_violations(thing: Object, pointer: str, account: str | None) -> Found:
    """A role, if given, has at most 2,048 characters; it is a role of the registry's account."""
    found = text_violations(thing, "customRoleArn", pointer, 2048)
    arn = text_of(thing, "customRoleArn") or ""
    role = re.match("arn:[^:]*:iam::([0-9]{12}):role/", arn)
    if account is not None and role is not None and role[1] != account:
        found.add(("role-elsewhere", f"{pointer}/customRoleArn"))
    return found


def upstream_violations(rule: Object, url: str, pointer: str, account: str) -> Found:
    """An upstream takes credentials, or takes none; an ECR registry elsewhere takes a role."""
    found = set()
    upstream = upstream_of(url)
    named = rule.get("upstreamRegistry", upstream)
    if named in UPSTREAMS and named != upstream:
        found.add(("registry-and-url", f"{pointer}/upstreamRegistry"))
    if upstream in UPSTREAMS_WITHOUT_CREDENTIALS:
        if "credentialArn" in rule:
            found.add(("credential-not-taken", f"{pointer}/credentialArn"))
    elif "credentialArn" not in rule:
        found.add(("credential-needed", pointer))
    if account_of_upstream(url) not in [None, account] and "customRoleArn" not in rule:
        found.add(("role-needed", pointer))
    return found


def template_violations(templates: Json) -> list[tuple[str, str]]:
    """What is wrong with the repository creation templates of a registry, a list."""
    if not isinstance(templates, list):
        return [("wrong-type", "")]
    found: Found = set()
    for index, template in enumerate(templates):
        found |= one_template_violations(template, f"/{index}")
    found |= duplicate_prefix_violations(templates, "prefix", 1, 256)
    return sorted(found)


def one_template_violations(template: Json, pointer: str) -> Found:
    """A template has a prefix and the causes that it applies for; the settings may be missing.

    The texts of the policies are not read here.
    """
    optional = [
        "description",
        "encryptionConfiguration",
        "resourceTags",
        "imageTagMutability",
        "imageTagMutabilityExclusionFilters",
        "repositoryPolicy",
        "lifecyclePolicy",
        "customRoleArn",
        "createdAt",
        "updatedAt",
    ]
    found = object_violations(template, pointer, ["prefix", "appliedFor"], optional)
    thing = members(template)
    found |= prefix_violations(thing, "prefix", pointer, 1, 256)
    found |= cause_violations(thing, pointer)
    found |= text_violations(thing, "description", pointer, 256)
    found |= text_violations(thing, "repositoryPolicy", pointer, 10_240)
    found |= text_violations(thing, "lifecyclePolicy", pointer, 30_720)
    found |= role_violations(thing, pointer, None)
    found |= mutability_violations(thing, pointer)
    found |= encryption_violations(thing, pointer)
    if "resourceTags" in thing:
        for code, place in resource_tag_violations(thing["resourceTags"]):
            found.add((code, f"{pointer}/resourceTags{place}"))
    return found


def cause_violations(template: Object, pointer: str) -> Found:
    """A template applies for one cause or several; one of no cause would never be used."""
    found = list_violations(template, "appliedFor", pointer)
    if template.get("appliedFor") == []:
        found.add(("no-cause", f"{pointer}/appliedFor"))
    for index, cause in entries(template, "appliedFor"):
        found |= word_violations(cause, f"{pointer}/appliedFor/{index}", CAUSES)
    return found


def mutability_violations(template: Object, pointer: str) -> Found:
    """A mutability with exclusion has 1 to 5 filters, one without has none; MUTABLE by default."""
    name = "imageTagMutabilityExclusionFilters"
    found = enum_violations(template, "imageTagMutability", pointer, MUTABILITIES)
    found |= list_violations(template, name, pointer)
    filters = entries(template, name)
    if len(filters) > 5:
        found.add(("too-many-exclusion-filters", f"{pointer}/{name}"))
    for index, entry in filters:
        place = f"{pointer}/{name}/{index}"
        found |= filter_object_violations(entry, place, "WILDCARD")
        text = text_of(members(entry), "filter")
        if text is not None and not is_exclusion_filter(text):
            found.add(("malformed-exclusion-filter", f"{place}/filter"))
    mutability = template.get("imageTagMutability", "MUTABLE")
    if mutability in WITH_EXCLUSION and template.get(name, []) == []:
        found.add(("filters-needed", pointer))
    if mutability in MUTABILITIES and mutability not in WITH_EXCLUSION:
        if template.get(name) == []:
            found.add(("empty-list", f"{pointer}/{name}"))
        if filters != []:
            found.add(("filters-not-taken", f"{pointer}/{name}"))
    return found


def is_exclusion_filter(text: str) -> bool:
    """1 to 128 letters, digits, `.`, `_`, `-` and `*`, of the last at most 2."""
    return re.fullmatch("[0-9a-zA-Z._*-]{1,128}", text) is not None and text.count("*") <= 2


def encryption_violations(template: Object, pointer: str) -> Found:
    """An encryption has a type; a key, given as its ARN, goes with the types of KMS.

    The empty text is no key.
    """
    if "encryptionConfiguration" not in template:
        return set()
    place = f"{pointer}/encryptionConfiguration"
    value = template["encryptionConfiguration"]
    found = object_violations(value, place, ["encryptionType"], ["kmsKey"])
    thing = members(value)
    found |= enum_violations(thing, "encryptionType", place, ENCRYPTION_TYPES)
    found |= text_violations(thing, "kmsKey", place, 2048)
    key = text_of(thing, "kmsKey") or ""
    pattern = "arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]+"
    if key != "" and re.fullmatch(pattern, key) is None:
        found.add(("malformed-kms-key", f"{place}/kmsKey"))
    if key != "" and thing.get("encryptionType") == "AES256":
        found.add(("kms-key-without-kms", f"{place}/kmsKey"))
    return found


# --------------------------------------------------------------------------------------------------
# Tags of images, tags of repositories
# --------------------------------------------------------------------------------------------------


def tag_push(
    mutability: str, exclusion_filters: list[Object], images: list[Object], tag: str, digest: str
) -> Object:
    """What happens to a tag when an image is pushed with it.

    A tag that no image has is new. The image that has it may be pushed with it again. Another
    image takes the tag over where the tag may move; otherwise the push is refused.
    """
    for image in images:
        if tag in image.get("imageTags", []):
            if image["imageDigest"] == digest:
                return {"allowed": True, "change": "same", "error": None}
            if may_move(mutability, exclusion_filters, tag):
                return {"allowed": True, "change": "moved", "error": None}
            error = "ImageTagAlreadyExistsException"
            return {"allowed": False, "change": None, "error": error}
    return {"allowed": True, "change": "new", "error": None}


def may_move(mutability: str, exclusion_filters: list[Object], tag: str) -> bool:
    """A tag may move from image to image where the repository is mutable.

    With exclusion, it is the other way about for the tags that a filter covers.
    """
    excluded = any(covers(entry["filter"], tag) for entry in exclusion_filters)
    if mutability == "MUTABLE_WITH_EXCLUSION":
        return not excluded
    if mutability == "IMMUTABLE_WITH_EXCLUSION":
        return excluded
    return mutability == "MUTABLE"


def resource_tag_violations(tags: Json) -> list[tuple[str, str]]:
    """What is wrong with the resource tags that a user gives to a repository.

    There are at most 50, those that begin with `aws:` not counted, and each key stands once. Keys
    and values are case-sensitive.
    """
    if not isinstance(tags, list):
        return [("wrong-type", "")]
    found: Found = set()
    keys = [text_of(members(tag), "Key") for tag in tags]
    if len([key for key in keys if key is None or not is_reserved(key)]) > 50:
        found.add(("too-many-tags", ""))
    for index, tag in enumerate(tags):
        found |= object_violations(tag, f"/{index}", ["Key", "Value"], [])
        found |= tag_text_violations(members(tag), "Key", f"/{index}", 1, 128)
        found |= tag_text_violations(members(tag), "Value", f"/{index}", 0, 256)
        if keys[index] is not None and keys[index] in keys[:index]:
            found.add(("duplicate-tag-key", f"/{index}/Key"))
    return sorted(found)


def tag_text_violations(tag: Object, name: str, pointer: str, shortest: int, longest: int) -> Found:
    """A key or a value has a permitted number of permitted characters, and no `aws:` first."""
    found = text_violations(tag, name, pointer)
    text = text_of(tag, name)
    if text is None:
        return found
    place, word = f"{pointer}/{name}", name.lower()
    if not shortest <= len(text) <= longest:
        found.add((f"tag-{word}-length", place))
    if not all(is_tag_character(character) for character in text):
        found.add((f"malformed-tag-{word}", place))
    if is_reserved(text):
        found.add(("reserved-tag", place))
    return found


def is_reserved(text: str) -> bool:
    """What begins with `aws:`, in any case, is reserved."""
    return text[:4].lower() == "aws:"


def is_tag_character(character: str) -> bool:
    """A letter, a digit or a space of any script, or one of `+ - = . _ : / @`."""
    return unicodedata.category(character)[0] in "LNZ" or character in "+-=._:/@"
