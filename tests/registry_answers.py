"""What the library says of a registry's settings, in the words of `tests.reference.registry`.

Each function has the name, the parameters and the answer of one there: plain values as the API
prints them go in and come out. What the two call differently stands in the tables below.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ecrpolicy import caching, iam, regions, replication, scanning, settings, tagging
from ecrpolicy.caching import Cause
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.replication import Destination, Replica, Topology
from ecrpolicy.scanning import Duration, EffectiveScanning, ScanFrequency, ScanType
from ecrpolicy.settings import Settings
from ecrpolicy.snapshot import Image, Registry, Repository, StorageClass, TagMutability
from ecrpolicy.tagging import Change
from ecrpolicy.wildcard import ScanFilter

Json = dict[str, Any]
Violations = list[tuple[str, str]]

_NOW = datetime(2026, 1, 31, tzinfo=UTC)
_CHANGES = {Change.NEW: "new", Change.SAME: "same", Change.MOVED: "moved", Change.REFUSED: None}

# Names and tags

is_repository_name = tagging.is_repository_name
is_image_tag = tagging.is_image_tag


# Scanning


def filter_matches(filter: str, name: str) -> bool:  # noqa: A002
    return ScanFilter.compile(filter).matches(name)


def scanning_effective(configuration: Json | None, name: str, scan_on_push: bool) -> Json:
    read = scanning.parse(configuration or {})
    found = scanning.evaluate(read, Repository(name, scan_on_push=scan_on_push))
    return {
        "frequency": "OFF" if found.frequency is None else found.frequency.value,
        "rule": found.rule,
        "applied": list(found.applied),
        "lost": [text for _, text in found.lost],
    }


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
) -> Json:
    storage_class = _storage_class(archived=archived)
    found = scanning.scan_state(
        Image(
            "sha256:" + "a" * 64,
            pushed_at,
            storage_class=storage_class,
            activated_at=activated_at,
        ),
        EffectiveScanning(
            "web",
            ScanType(scan_type),
            None if frequency == "OFF" else ScanFrequency(frequency),
            scanning.Source.RULE,
        ),
        now=now,
        enabled_at=enabled_at,
        duration=Duration(duration),
        use_duration=None if use_duration is None else Duration(use_duration),
        used_at=used_at,
        last_scan_at=last_scan_at,
    )
    return {
        "status": None if found.status is None else found.status.value,
        "mayScan": found.may_scan,
        "nextScanAt": found.next_scan_at,
    }


# Replication


def is_carried(pushed_at: datetime, activated_at: datetime | None, since: datetime) -> bool:
    image = Image("sha256:" + "a" * 64, pushed_at, activated_at=activated_at)
    return replication.is_carried(image, since=since)


def regional_doubts(home: Json) -> list[Json]:
    found = settings.regional_doubts(Settings.of(registry(home)))
    return [
        {
            "lacking": each.lacking.value,
            "region": each.region,
            "accounts": list(each.accounts),
        }
        for each in found
    ]


def replicas(registries: Sequence[Json], push: Json) -> Json:
    """As the reference, but each rule tells the first filter that is met, and not all of them."""
    topology = Topology(tuple(map(registry, registries)))
    found = topology.push(
        Destination(region=push["region"], registry_id=push["registryId"]),
        push["repositoryName"],
        tags=push["imageTags"],
        digest=push["imageDigest"],
        is_replica=push["replicated"],
    )
    return {
        "replicas": list(map(_replica, found.replicas)),
        "notChosen": [
            {"registryId": each.destination.registry_id, "region": each.destination.region}
            for each in found.not_chosen
        ],
        "notChained": [
            {"from": _place(each.source), "to": _place(each.destination)}
            for each in found.not_chained
        ],
    }


def _replica(found: Replica) -> Json:
    return {
        "registryId": found.destination.registry_id,
        "region": found.destination.region,
        "rules": list(found.choice.rules),
        "filters": [each for each in found.choice.filters if each],
        "outcome": found.outcome.value,
        "createsRepository": found.creates_repository,
        "keptTags": list(found.kept_tags),
        "droppedTags": list(found.dropped_tags),
    }


def _place(destination: Destination) -> list[str]:
    return [destination.registry_id, destination.region]


def registry(told: Json) -> Registry:
    """A registry: of policy and repositories that are left out nothing is known.

    Other settings that are not told are not there.
    """
    policy = None
    if "registryPolicy" in told:
        policy = json.dumps(told["registryPolicy"]) if told["registryPolicy"] else ""
    made = Registry(
        told["registryId"],
        told["region"],
        policy=policy,
        policy_scope=told.get("registryPolicyScope"),
        scanning_configuration=told.get("scanningConfiguration"),
        replication_configuration=told.get("replicationConfiguration"),
        pull_through_cache_rules=tuple(told.get("pullThroughCacheRules", ())),
        repository_creation_templates=tuple(told.get("repositoryCreationTemplates", ())),
    )
    if "repositories" not in told:
        return made
    return replace(made, repositories=tuple(map(repository, told["repositories"])))


def _storage_class(*, archived: bool) -> StorageClass:
    return StorageClass.ARCHIVE if archived else StorageClass.STANDARD


def repository(told: Json) -> Repository:
    """A repository with its images, of which digests, tags and statuses alone are told.

    Of its own tags nothing is known where they are left out.
    """
    filters = told.get("imageTagMutabilityExclusionFilters", [])
    made = Repository(
        told["repositoryName"],
        tuple(
            Image(
                each["imageDigest"],
                _NOW,
                tuple(each.get("imageTags", ())),
                storage_class=_storage_class(archived=each.get("imageStatus") == "ARCHIVED"),
            )
            for each in told["images"]
        ),
        image_tag_mutability=TagMutability(told.get("imageTagMutability", "MUTABLE")),
        image_tag_mutability_exclusion_filters=tuple(each["filter"] for each in filters),
        scan_on_push=told.get("imageScanningConfiguration", {}).get("scanOnPush", False),
    )
    if "resourceTags" not in told:
        return made
    return replace(made, resource_tags={tag["Key"]: tag["Value"] for tag in told["resourceTags"]})


# Cache rules and templates


def cache_rule_for(rules: Sequence[Json], name: str) -> Json | None:
    found = caching.cached(caching.parse_rules(rules), name)
    if found is None:
        return None
    return {"prefix": found.rule.ecr_repository_prefix, "upstream": found.upstream}


def cache_is_due(looked_at: datetime, now: datetime) -> bool:
    return caching.is_due(looked_at, now)


def cache_looks_upstream(
    recorded_pull_at: datetime | None, now: datetime, imported_at: datetime | None = None
) -> bool | None:
    return caching.looks_upstream(recorded_pull_at, now, imported_at=imported_at)


def cache_pull(
    cached_repository: Json | None, reference: str, looked_at: datetime | None, now: datetime
) -> str:
    there = None if cached_repository is None else repository(cached_repository)
    return caching.pull(there, reference, looked_at=looked_at, now=now).pull.name


def cache_access(
    *,
    account: str,
    region: str,
    name: str,
    exists: bool,
    principal: str,
    identity_policy: Json | None,
    repository_policy: Json | None,
    registry_policy: Json | None,
) -> Json:
    """As the reference; the policies of organizations are given, and allow everything."""
    there = (Repository(name, policy=_text(repository_policy)),) if exists else ()
    home = Registry(
        account,
        region,
        regions.partition_of(region) or "aws",
        repositories=there,
        policy=_text(registry_policy),
    )
    identities = _identities(principal, identity_policy)
    found = caching.may_cache(home, identities, principal, name)
    rule = iam.authorize_in(home, identities, principal, "ecr:CreatePullThroughCacheRule", None)
    return {
        "allowed": found.verdict is iam.Verdict.YES,
        "missing": list(found.missing),
        "mayAddRule": rule.verdict is iam.Verdict.YES,
    }


def cache_failure(
    *,
    account: str,
    region: str,
    name: str,
    exists: bool,
    principal: str,
    identity_policy: Json | None,
    repository_policy: Json | None,
    registry_policy: Json | None,
) -> str | None:
    there = (Repository(name, policy=_text(repository_policy)),) if exists else ()
    home = Registry(
        account,
        region,
        regions.partition_of(region) or "aws",
        repositories=there,
        policy=_text(registry_policy),
    )
    found = caching.may_cache(home, _identities(principal, identity_policy), principal, name)
    trouble = caching.pull_trouble(home, found, name)
    return None if trouble is None else trouble.service_text


def _text(policy: Json | None) -> str:
    return "" if policy is None else json.dumps(policy)


def _identities(principal: str, policy: Json | None) -> iam.Identities:
    inline = [] if policy is None else [{"PolicyName": "inline", "PolicyDocument": policy}]
    name = principal.rpartition("/")[2]
    user = {"UserName": name, "Arn": principal, "UserPolicyList": inline}
    return iam.Identities.parse({"UserDetailList": [user]})


def template_for(templates: Sequence[Json], name: str, cause: str) -> Json | None:
    """As the reference, but of the template its prefix alone."""
    found = caching.template_for(caching.parse_templates(templates), name, Cause(cause))
    return None if found is None else {"prefix": found.prefix}


def new_repository(templates: Sequence[Json], name: str, cause: str) -> Json:
    found = caching.new_repository(caching.parse_templates(templates), name, Cause(cause))
    encryption = {"encryptionType": found.encryption_type.value}
    if found.kms_key is not None:
        encryption["kmsKey"] = found.kms_key
    return {
        "imageTagMutability": found.image_tag_mutability.value,
        "imageTagMutabilityExclusionFilters": [
            {"filter": each, "filterType": "WILDCARD"}
            for each in found.image_tag_mutability_exclusion_filters
        ],
        "encryptionConfiguration": encryption,
        "resourceTags": [
            {"Key": key, "Value": value} for key, value in found.resource_tags.items()
        ],
        "repositoryPolicy": found.policy,
        "lifecyclePolicy": found.lifecycle_policy,
        "template": None if found.template is None else found.template.prefix,
    }


# Tags


def tag_push(
    mutability: str,
    exclusion_filters: Sequence[Json],
    images: Sequence[Json],
    tag: str,
    digest: str,
) -> Json:
    told = {
        "repositoryName": "web",
        "imageTagMutability": mutability,
        "imageTagMutabilityExclusionFilters": exclusion_filters,
        "images": images,
    }
    found = tagging.push(repository(told), tag, digest)
    return {
        "allowed": found.allowed,
        "change": _CHANGES[found.change],
        "error": found.service_text and found.service_text.partition(":")[0],
    }


# What is wrong

# What the library tells apart, or calls otherwise, by what the reference calls it.
_CODES = {
    "description-length": "too-long",
    "kms-key-length": "too-long",
    "prefix-length": "malformed-prefix",
    "role-length": "too-long",
    "upstream-and-url": "registry-and-url",
    "duplicate-tag": "duplicate-tag-key",
}
_CODES_OF_TAGS = {
    ("tag-length", "Key"): "tag-key-length",
    ("tag-length", "Value"): "tag-value-length",
    ("tag-characters", "Key"): "malformed-tag-key",
    ("tag-characters", "Value"): "malformed-tag-value",
}
# Texts within the text, which the library parses and the reference does not.
_POLICIES = ("/repositoryPolicy", "/lifecyclePolicy")


def scanning_violations(configuration: Any) -> Violations:
    document = _document(configuration)
    return _violations(lambda: scanning.parse(document))


def replication_violations(configuration: Any, account: str, region: str) -> Violations:
    document = _document(configuration)
    return _violations(lambda: replication.parse(document, account=account, region=region))


def cache_rule_violations(rules: Any, account: str, region: str) -> Violations:
    document = {"pullThroughCacheRules": rules}
    found = _violations(lambda: caching.parse_rules(document, account=account, region=region))
    return _below("/pullThroughCacheRules", found)


def template_violations(templates: Any) -> Violations:
    document = {"repositoryCreationTemplates": templates}
    found = _violations(lambda: caching.parse_templates(document))
    return _below("/repositoryCreationTemplates", found)


def resource_tag_violations(tags: Any) -> Violations:
    template = {"prefix": "ROOT", "appliedFor": ["REPLICATION"], "resourceTags": tags}
    return _below("/0/resourceTags", template_violations([template]))


def _document(value: Any) -> Any:
    """What is no object is no value that can be parsed: it can be a text alone."""
    return value if isinstance(value, dict) else json.dumps(value)


def _violations(parse: Callable[[], object]) -> Violations:
    try:
        parse()
    except InvalidPolicy as error:
        found = {
            (_code(each.rule, each.location.pointer), each.location.pointer)
            for each in error.findings
        }
        return _without_policies(found)
    return []


def _code(rule: str, pointer: str) -> str:
    member = pointer.rpartition("/")[2]
    return _CODES_OF_TAGS.get((rule, member)) or _CODES.get(rule, rule)


def _below(place: str, found: Violations) -> Violations:
    return sorted((rule, pointer.removeprefix(place)) for rule, pointer in found)


def _without_policies(found: Iterable[tuple[str, str]]) -> Violations:
    return sorted(
        (code, pointer)
        for code, pointer in found
        if code == "wrong-type" or not pointer.endswith(_POLICIES)
    )


# What the reference says


def of_reference(function: str, answer: Any, arguments: Json) -> Any:
    """An answer of the reference without what the library does not say."""
    if function.endswith("_violations"):
        return _without_policies(map(tuple, answer))
    if function == "template_for" and answer is not None:
        return {"prefix": answer["prefix"]}
    if function == "replicas":
        return _of_replicas(answer, **arguments)
    return answer


def _of_replicas(answer: Json, registries: Sequence[Json], push: Json) -> Json:
    """Of the filters of each rule the first; and of what is not sent on at all, no destination."""
    here = push["registryId"], push["region"]
    source = next(each for each in registries if (each["registryId"], each["region"]) == here)
    rules = (source.get("replicationConfiguration") or {"rules": []})["rules"]
    first = [
        {
            **each,
            "filters": [
                met[0]
                for number in each["rules"]
                if (met := _met(rules[number].get("repositoryFilters", []), each["filters"]))
            ],
        }
        for each in answer["replicas"]
    ]
    not_chosen = [] if push["replicated"] else answer["notChosen"]
    return {**answer, "replicas": first, "notChosen": not_chosen}


def _met(filters: Iterable[Json], met: Sequence[str]) -> list[str]:
    return [each["filter"] for each in filters if each["filter"] in met]
