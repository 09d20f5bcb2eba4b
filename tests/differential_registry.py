"""Holds what the settings of a registry come to against the reference, over many random cases.

    python -m tests.differential_registry --cases 20000 --seed 1 --jobs 2

Each case is a question that both answer: how a repository is scanned, what a push becomes in other
registries, which cache rule or template a name falls under, what a document has against it. The
first disagreement is printed as JSON, and the exit status is then 1; in a run of `ENOUGH` cases it
is 1 as well where an answer that there can be was never given.

A case depends on the seed and its own number alone: `--first 1234 --cases 1` runs it again.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Final

from ecrpolicy.document.shape import MAX_FINDINGS
from tests import registry_answers as ours
from tests.campaign import Campaign
from tests.reference import registry as reference
from tests.registry_cases import Case, random_case

Json = dict[str, Any]

_BOTH = (True, False)
_DOCUMENTS = ("wrong-type", "missing-member", "unknown-member", "nothing")
_FILTERS = ("not-in-enum", "too-many-rules", "too-many-filters", "malformed-filter")
_PREFIXES = ("not-in-enum", "malformed-prefix", "duplicate-prefix", "too-long")
_TAGS = (
    *("too-many-tags", "tag-key-length", "tag-value-length", "malformed-tag-key"),
    *("malformed-tag-value", "reserved-tag", "duplicate-tag-key"),
)
_CODES = {
    "scanning": (*_FILTERS, "filter-length", "duplicate-frequency", "frequency-and-type"),
    "replication": (
        *(*_FILTERS, "filter-length", "empty-list", "too-many-destinations", "malformed-account"),
        *("unknown-region", "own-registry", "other-partition"),
    ),
    "cache_rule": (
        *(*_PREFIXES, "too-many-rules", "malformed-account", "unsupported-upstream"),
        *("registry-and-url", "credential-needed", "credential-not-taken", "malformed-credential"),
        *("credential-elsewhere", "role-needed", "role-elsewhere", "registry-elsewhere"),
        "upstream-prefix-with-root",
    ),
    "template": (
        *(*_PREFIXES, "no-cause", "empty-list", "filters-needed", "filters-not-taken"),
        *("malformed-exclusion-filter", "too-many-exclusion-filters", "kms-key-without-kms"),
        *("malformed-kms-key", *_TAGS[1:]),
    ),
    "resource_tag": _TAGS,
}
GOALS = (
    *(f"{kind}: {code}" for kind, codes in _CODES.items() for code in (*_DOCUMENTS, *codes)),
    *(f"scanned: {each}" for each in ("CONTINUOUS_SCAN", "SCAN_ON_PUSH", "MANUAL", "OFF")),
    *("scanned by a rule", "scanned without a rule", "a filter lost", "several filters applied"),
    *(f"scan state: {each}" for each in ("ACTIVE", "COMPLETE", "IMAGE_ARCHIVED", "None")),
    *("scan state: SCAN_ELIGIBILITY_EXPIRED", "scan may start", "scan has to wait"),
    *(f"replica: {each}" for each in ("REPLICATED", "DENIED", "UNKNOWN")),
    *("replica creates", "replica drops tags", "replica of several rules", "replica by a filter"),
    *("within an account", "denied within an account", "several replicas", "not chosen"),
    *("not chained", "a replica of a replica", "only creating is denied"),
    *("unknown within an account", "unknown under conditions"),
    *(f"replica where nothing is listed: {each}" for each in ("REPLICATED", "DENIED", "UNKNOWN")),
    *(f"tag: {each}" for each in ("new", "same", "moved", "refused")),
    *("cached", "cached by ROOT", "cached under an upstream prefix", "not cached"),
    *("template", "template ROOT", "no template", "a longer prefix is for other causes"),
    *("made by a template", "made by default"),
    *(f"{each}: {answer}" for each in ("filter_matches", "cache_is_due") for answer in _BOTH),
    *(f"is_carried: {answer}" for answer in _BOTH),
    *(f"a pull fails: {each}" for each in ("name unknown", "manifest unknown", "None")),
    *(
        f"a pull of a cached name: {each}"
        for each in ("IMPORTED", "SERVED", "RENEWED", "KEPT", "FIXED")
    ),
    *(f"a Region may lack: {each}" for each in ("CACHE_RULES", "ENHANCED_SCANNING", "OPT_IN")),
    *("a Region lacks nothing", "several accounts must opt in"),
    *("a pull looks upstream", "a pull does not look", "whether a pull looks is not known"),
    *("may fill a cache", "may not fill a cache", "may add a cache rule"),
    *(f"lacks {each}" for each in reference.NEEDED_OF_A_CACHE),
    *(f"{each}: {answer}" for each in ("is_repository_name", "is_image_tag") for answer in _BOTH),
)
ENOUGH = 20_000


def compare(seed: int, number: int, reached: Counter[str]) -> Json | None:
    """Run one case; the disagreement, where there is one."""
    case = random_case(Random(f"{seed}/{number}"))
    answer = getattr(reference, case.function)(**case.arguments)
    reached.update(set(_reached(case.function, answer, case.arguments)))
    return disagreement(case, answer)


def disagreement(case: Case, answer: Any) -> Json | None:
    """Where the library answers otherwise than the reference, both answers."""
    function, arguments = case
    expected = ours.of_reference(function, answer, arguments)
    told = {"function": function, "arguments": arguments, "reference": expected}
    try:
        found = getattr(ours, function)(**arguments)
    except Exception as error:  # any error at all is a disagreement
        return {**told, "error": repr(error)}
    return None if agree(found, expected) else {**told, "ours": found}


def agree(found: Any, expected: Any) -> bool:
    """Whether the two say the same; of very many violations the library tells some.

    It tells each of two members that an object lacks, the reference one violation of the object.
    """
    if isinstance(expected, list) and 2 * len(expected) > MAX_FINDINGS:
        return bool(found) and set(found) <= set(expected)
    return bool(found == expected)


# What a case reaches


def _reached(function: str, answer: Any, arguments: Json) -> Iterator[str]:
    """The goals that an answer of the reference meets."""
    if function.endswith("_violations"):
        kind = function.removesuffix("_violations")
        yield from (f"{kind}: {code}" for code, _ in answer or [("nothing", "")])
    elif function == "cache_looks_upstream":
        yield _LOOKS[answer]
    elif isinstance(answer, bool):
        yield f"{function}: {answer}"
    else:
        yield from _PATHS[function](answer, arguments)


def _scanned(answer: Json, _: Json) -> Iterator[str]:
    yield f"scanned: {answer['frequency']}"
    yield "scanned without a rule" if answer["rule"] is None else "scanned by a rule"
    if answer["lost"]:
        yield "a filter lost"
    if len(answer["applied"]) > 1:
        yield "several filters applied"


def _scan_state(answer: Json, _: Json) -> Iterator[str]:
    yield f"scan state: {answer['status']}"
    if answer["mayScan"]:
        yield "scan may start"
    if answer["nextScanAt"] is not None:
        yield "scan has to wait"


def _replicated(answer: Json, arguments: Json) -> Iterator[str]:
    push = arguments["push"]
    if push["replicated"]:
        yield "a replica of a replica"
    elif answer["notChosen"]:
        yield "not chosen"
    if answer["notChained"]:
        yield "not chained"
    if len(answer["replicas"]) > 1:
        yield "several replicas"
    for replica in answer["replicas"]:
        yield from _replica(replica, arguments["registries"], push)


def _replica(replica: Json, registries: list[Json], push: Json) -> Iterator[str]:
    yield f"replica: {replica['outcome']}"
    if replica["createsRepository"]:
        yield "replica creates"
    if replica["droppedTags"]:
        yield "replica drops tags"
    if len(replica["rules"]) > 1:
        yield "replica of several rules"
    if replica["filters"]:
        yield "replica by a filter"
    is_own = replica["registryId"] == push["registryId"]
    is_denied = replica["outcome"] == "DENIED"
    if is_own:
        yield "denied within an account" if is_denied else "within an account"
    there = reference.registry_at(registries, (replica["registryId"], replica["region"]))
    if there is None:
        return
    asked = push["registryId"], "ecr:ReplicateImage", push["repositoryName"]
    may_replicate = reference.permits(there, *asked)
    if is_denied and may_replicate == "ALLOWED":
        yield "only creating is denied"
    if "repositories" not in there:
        yield f"replica where nothing is listed: {replica['outcome']}"
    elif replica["outcome"] == "UNKNOWN" and "registryPolicy" in there:
        yield "unknown within an account" if is_own else "unknown under conditions"


def _tagged(answer: Json, _: Json) -> Iterator[str]:
    yield f"tag: {answer['change'] or 'refused'}"


def _cached(answer: Json | None, arguments: Json) -> Iterator[str]:
    if answer is None:
        yield "not cached"
        return
    yield "cached by ROOT" if answer["prefix"] == "ROOT" else "cached"
    for rule in arguments["rules"]:
        is_it = rule["ecrRepositoryPrefix"] == answer["prefix"]
        if is_it and rule.get("upstreamRepositoryPrefix", "ROOT") != "ROOT":
            yield "cached under an upstream prefix"


def _template(answer: Json | None, arguments: Json) -> Iterator[str]:
    if answer is None:
        yield "no template"
        return
    yield "template ROOT" if answer["prefix"] == "ROOT" else "template"
    prefixes = [each["prefix"] for each in arguments["templates"]]
    if reference.prefix_for(prefixes, arguments["name"]) != answer["prefix"]:
        yield "a longer prefix is for other causes"


def _made(answer: Json, _: Json) -> Iterator[str]:
    yield "made by default" if answer["template"] is None else "made by a template"


def _filled(answer: Json, _: Json) -> Iterator[str]:
    yield "may fill a cache" if answer["allowed"] else "may not fill a cache"
    yield from (f"lacks {each}" for each in answer["missing"])
    if answer["mayAddRule"]:
        yield "may add a cache rule"


_LOOKS = {
    True: "a pull looks upstream",
    False: "a pull does not look",
    None: "whether a pull looks is not known",
}


def _failed(answer: str | None, _: Json) -> Iterator[str]:
    yield f"a pull fails: {None if answer is None else answer.partition(':')[0]}"


def _pulled(answer: str, _: Json) -> Iterator[str]:
    yield f"a pull of a cached name: {answer}"


def _doubted(answer: list[Json], _: Json) -> Iterator[str]:
    yield from (f"a Region may lack: {each['lacking']}" for each in answer)
    if not answer:
        yield "a Region lacks nothing"
    if any(len(each["accounts"]) > 1 for each in answer):
        yield "several accounts must opt in"


_PATHS: Final[dict[str, Callable[[Any, Json], Iterator[str]]]] = {
    "cache_failure": _failed,
    "cache_pull": _pulled,
    "regional_doubts": _doubted,
    "cache_access": _filled,
    "scanning_effective": _scanned,
    "scan_state": _scan_state,
    "replicas": _replicated,
    "tag_push": _tagged,
    "cache_rule_for": _cached,
    "template_for": _template,
    "new_repository": _made,
}

CAMPAIGN = Campaign("tests.differential_registry", compare, GOALS, ENOUGH)
run_cases, main = CAMPAIGN.run_cases, CAMPAIGN.main

if __name__ == "__main__":
    sys.exit(main())
