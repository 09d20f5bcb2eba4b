"""Random questions about the settings of a registry, most of them near a decision.

A case names a function of `tests.reference.registry` and its arguments.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from tests import registry_words as words
from tests.reference import registry as reference

Json = dict[str, Any]

_NOW = datetime(2026, 1, 31, tzinfo=UTC)
_HOUR, _DAY, _LEAST = timedelta(hours=1), timedelta(days=1), timedelta(microseconds=1)


class Case(NamedTuple):
    """A function of the reference, and what it is asked."""

    function: str
    arguments: Json


def random_case(random: Random) -> Case:
    """One question."""
    return _Making(random).case()


def random_configuration(random: Random, kind: str) -> Any:
    """A setting of a kind that the service would keep: the name of a parser's function."""
    return getattr(_Making(random), kind)()


def random_broken(random: Random, kind: str) -> Any:
    """A setting of a kind with something wrong in it, more often than not."""
    making = _Making(random)
    return making.broken(getattr(making, kind)())


def random_replicas(random: Random) -> Json:
    """Registries and a push into one of them."""
    return _Making(random)._replicas()


def random_tag_push(random: Random) -> Json:
    """A repository and a tag that is pushed into it."""
    return _Making(random)._tag_push()


class _Making:
    """Makes one case. What is simpler comes first: Hypothesis, too, draws from it."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def _chance(self, percent: int) -> bool:
        return self._random.randrange(100) >= 100 - percent

    def _some(self, pool: Sequence[Any], most: int, least: int = 0) -> list[Any]:
        """Some of a pool, each once."""
        number = self._random.randrange(least, most + 1)
        return self._random.sample(list(pool), number)

    def case(self) -> Case:
        questions = (
            *("filter_matches", "scanning_effective", "scanning_effective", "scan_state"),
            *("replicas", "replicas", "replicas", "cache_is_due", "template_for", "template_for"),
            *("cache_rule_for", "cache_rule_for", "new_repository", "tag_push", "tag_push"),
            *("is_repository_name", "is_image_tag", "scanning_violations", "scanning_violations"),
            *("replication_violations", "replication_violations", "replication_violations"),
            *("cache_rule_violations", "cache_rule_violations", "template_violations"),
            *("template_violations", "template_violations", "resource_tag_violations"),
            *("cache_looks_upstream", "cache_access", "cache_access", "cache_failure"),
            *("cache_pull", "is_carried", "regional_doubts"),
        )
        function = self._random.choice(questions)
        return Case(function, getattr(self, f"_{function}")())

    # Words

    def _name(self) -> str:
        if self._chance(70):
            return self._random.choice(words.NAMES)
        parts = self._random.choices(("prod", "web", "team", "a1"), k=self._random.randrange(1, 5))
        return "".join(
            part + self._random.choice(("/", "/", "-", ".", "_", "__", "--")) for part in parts
        ).rstrip("/-._")

    def _scan_filter(self) -> str:
        """A piece of a name, some of its pieces replaced by wildcards."""
        text = self._name()
        if self._chance(40):
            start = self._random.randrange(len(text))
            text = text[start : self._random.randrange(start, len(text)) + 1]
        for _ in range(self._random.choice((0, 0, 1, 1, 2, 5))):
            start = self._random.randrange(len(text) + 1)
            end = min(start + self._random.randrange(4), len(text))
            text = f"{text[:start]}*{text[end:]}"
        return text if reference.is_scan_filter(text) else "prod"

    def _filter_matches(self) -> Json:
        name = self._name()
        if self._chance(10):
            name = self._random.choice("ab") * self._random.randrange(2, 60)
            return {
                "filter": self._random.choice(("*a*a*a*", "*ab*ba*", "a*a", "**b")),
                "name": name,
            }
        return {"filter": self._scan_filter(), "name": name}

    def _is_repository_name(self) -> Json:
        return {"text": self._soup("abz09._-/", "AZ *\né", (*words.NAMES, "a" * 255, "a" * 256))}

    def _is_image_tag(self) -> Json:
        return {"text": self._soup("azAZ09._-", "*/:\né", (*words.TAGS, "a" * 127, "a" * 128))}

    def _soup(self, good: str, bad: str, whole: Sequence[str]) -> str:
        text = "".join(self._random.choices(good, k=self._random.randrange(6)))
        if self._chance(20):
            text += self._random.choice(bad) + self._random.choice(("", "a"))
        return self._random.choice(whole) + text if self._chance(40) else text

    # Scanning

    def scanning(self) -> Json:
        """A configuration; filters of it may match what filters of the other rule match, too."""
        scan_type = self._random.choice(("BASIC", "ENHANCED", "ENHANCED"))
        frequencies = self._some(reference.FREQUENCIES_OF_TYPE[scan_type], 2)
        made: Json = {
            "rules": [
                {
                    "scanFrequency": frequency,
                    "repositoryFilters": [
                        {"filter": self._scan_filter(), "filterType": "WILDCARD"}
                        for _ in range(self._random.choice((0, 1, 1, 2, 4)))
                    ],
                }
                for frequency in frequencies
            ]
        }
        if scan_type == "ENHANCED" or self._chance(50):
            made["scanType"] = scan_type
        return made

    def _scanning_effective(self) -> Json:
        return {
            "configuration": None if self._chance(4) else self.scanning(),
            "name": self._name(),
            "scan_on_push": self._chance(50),
        }

    def _scanning_violations(self) -> Json:
        return {"configuration": self.broken(self.scanning())}

    def _scan_state(self) -> Json:
        scan_type = self._random.choice(("BASIC", "ENHANCED", "ENHANCED", "ENHANCED"))
        frequencies = ("SCAN_ON_PUSH", "MANUAL") if scan_type == "BASIC" else None
        enhanced = ("CONTINUOUS_SCAN", "SCAN_ON_PUSH", "OFF")
        pushed_at = self._before(_NOW, (0, 1, 20, 30, 180, 200, 260, 270, 300))
        turned_on = self._random.choice((-31, -1, 0, 1, 13, 14, 15, 29, 30, 31))
        used_at = self._before(_NOW, (0, 3, 7, 14, 30, 90)) if self._chance(50) else None
        return {
            "frequency": self._random.choice(frequencies or enhanced),
            "scan_type": scan_type,
            "pushed_at": pushed_at,
            "enabled_at": self._near(pushed_at + turned_on * _DAY) if self._chance(60) else None,
            "duration": self._random.choice(words.DURATIONS),
            "last_scan_at": self._before(_NOW, (0, 1, 2)) if self._chance(60) else None,
            "archived": self._chance(8),
            "now": _NOW,
            "use_duration": self._random.choice(words.DURATIONS) if self._chance(30) else None,
            "used_at": used_at,
            "activated_at": self._before(_NOW, (0, 20, 30)) if self._chance(10) else None,
        }

    def _before(self, instant: datetime, days: Sequence[int]) -> datetime:
        return self._near(instant - self._random.choice(days) * _DAY)

    def _near(self, instant: datetime) -> datetime:
        return instant + self._random.choice((0 * _HOUR, 0 * _HOUR, -_LEAST, _LEAST, _HOUR, -_HOUR))

    # Replication

    def replication(self) -> Json:
        """A configuration of the registry of `HOME` in the first Region."""
        return self._replication((words.HOME, words.REGIONS[0]), words.REGIONS)

    def _replication(self, home: tuple[str, str], regions: Sequence[str]) -> Json:
        places = [(account, region) for account in words.ACCOUNTS for region in regions]
        places.remove(home)
        rules: list[Json] = []
        for _ in range(self._random.choice((0, 1, 1, 2, 3))):
            rule: Json = {
                "destinations": [
                    {"region": region, "registryId": account}
                    for account, region in self._some(places, 3, 1)
                ]
            }
            if self._chance(15):
                rule["destinations"].append(rule["destinations"][0])
            if self._chance(65):
                rule["repositoryFilters"] = [
                    {"filter": each, "filterType": "PREFIX_MATCH"}
                    for each in self._some(words.REPLICATION_FILTERS, 3, 1)
                ]
            if self._chance(30):
                rule["deleteReplication"] = {"enabled": self._chance(50)}
            rules.append(rule)
        return {"rules": rules}

    def _replication_violations(self) -> Json:
        made = self.replication()
        if self._chance(10):
            # As many destinations as there may be, and a few more.
            number = self._random.choice((24, 25, 26, 99, 100, 101))
            regions = sorted(reference.REGIONS["aws"])[: 25 if number > 26 else number]
            made["rules"].append(
                {
                    "destinations": [
                        {"region": regions[each % len(regions)], "registryId": words.OTHER}
                        for each in range(number)
                    ]
                }
            )
        return {
            "configuration": self.broken(made),
            "account": words.HOME,
            "region": words.REGIONS[0],
        }

    def _is_carried(self) -> Json:
        since = _NOW - 20 * _DAY
        restored_at = self._before(_NOW, (0, 20, 40)) if self._chance(40) else None
        return {
            "pushed_at": self._before(_NOW, (0, 19, 20, 21, 40)),
            "activated_at": restored_at,
            "since": since,
        }

    def _regional_doubts(self) -> Json:
        """A registry in any Region, with some of what may not act there."""
        partition = self._random.choice(sorted(reference.REGIONS))
        regions = sorted(reference.REGIONS["aws" if self._chance(60) else partition])
        home = (words.HOME, self._random.choice(regions))
        registry: Json = {"registryId": home[0], "region": home[1], "repositories": []}
        if self._chance(50):
            rule = {"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"}
            registry["pullThroughCacheRules"] = [rule]
        if self._chance(70):
            scan_type = self._random.choice(reference.SCAN_TYPES)
            registry["scanningConfiguration"] = {"scanType": scan_type, "rules": []}
        if len(regions) > 1 and self._chance(70):
            registry["replicationConfiguration"] = self._replication(home, regions)
        return {"home": registry}

    def _replicas(self) -> Json:
        regions = words.CHINA if self._chance(10) else words.REGIONS
        places = [(account, region) for account in words.ACCOUNTS for region in regions]
        home = self._random.choice(places)
        others = [place for place in self._some(places, len(places), 2) if place != home]
        name = self._name()
        registries = [self._registry(place, regions, name) for place in (home, *others)]
        self._random.shuffle(registries)
        push = {
            "registryId": home[0],
            "region": home[1],
            "repositoryName": name,
            "imageTags": self._some(words.TAGS[:4], 3),
            "imageDigest": self._random.choice(words.DIGESTS),
            "replicated": self._chance(5),
        }
        return {"registries": registries, "push": push}

    def _registry(self, place: tuple[str, str], regions: Sequence[str], name: str) -> Json:
        account, region = place
        names = {name, *self._some(words.NAMES, 2)} if self._chance(65) else set()
        registry: Json = {"registryId": account, "region": region}
        if not self._chance(4):
            registry["registryPolicy"] = None if self._chance(20) else self._policy(place, name)
        if not self._chance(8):
            registry["repositories"] = [self._listed(each) for each in sorted(names)]
        if self._chance(30):
            registry["registryPolicyScope"] = "V2"
        if self._chance(85):
            registry["replicationConfiguration"] = self._replication(place, regions)
        if self._chance(40):
            registry["repositoryCreationTemplates"] = self.templates()
        return registry

    def _policy(self, place: tuple[str, str], name: str) -> Json:
        """Most often one that lets others in; a denial of it holds for the account itself, too."""
        effects = self._random.choice(
            (["Allow"], ["Allow"], ["Allow", "Allow"], ["Allow", "Deny"], ["Allow", "Deny", "Deny"])
        )
        return {
            "Version": "2012-10-17",
            "Statement": [self._statement(effect, place, name) for effect in effects],
        }

    def _statement(self, effect: str, place: tuple[str, str], name: str) -> Json:
        account, region = place
        partition = reference.partition_of(region)
        arn = f"arn:{partition}:ecr:{region}:{account}:repository"
        resources = (f"{arn}/*", f"{arn}/*", "*", f"{arn}/prod*", f"{arn}/{name}", f"{arn}/*/x")
        actions = (
            ["ecr:ReplicateImage", "ecr:CreateRepository"],
            *("ecr:*", "ecr:ReplicateImage", "ecr:CreateRepository", "ecr:R*"),
        )
        made: Json = {
            "Effect": effect,
            "Principal": self._principal(partition),
            "Action": self._random.choice(actions),
            "Resource": self._random.choice(resources),
        }
        if self._chance(6):
            made["NotAction"] = made.pop("Action")
        if self._chance(4) and made["Principal"] not in ("*", {"AWS": "*"}):
            made["NotPrincipal"] = made.pop("Principal")
        if self._chance(5):
            made["Resource"] = f"{arn}/{self._random.choice(words.VARIABLES)}"
        if self._chance(40 if effect == "Deny" else 15):
            made["Condition"] = self._condition(region)
        return made

    def _condition(self, region: str) -> Json:
        made: Json = {}
        for _ in range(self._random.choice((1, 1, 2))):
            key, *values = self._random.choice((*words.CONDITIONS, ("aws:RequestedRegion", region)))
            operator = self._random.choice(words.OPERATORS)
            value = self._random.choice(("true", "false") if operator == "Null" else values)
            made.setdefault(operator, {})[key] = value
        return made

    def _principal(self, partition: str | None) -> Any:
        roots = [f"arn:{partition}:iam::{account}:root" for account in words.ACCOUNTS]
        return self._random.choice(
            ("*", {"AWS": "*"}, {"AWS": roots}, *({"AWS": each} for each in (*roots, words.OTHER)))
        )

    # Cache rules and templates

    def cache_rules(self) -> list[Any]:
        """The rules of the registry of `HOME` in the first Region."""
        prefixes = self._prefixes([each for each in words.PREFIXES if each != "ROOT/"])
        return [self._cache_rule(prefix) for prefix in prefixes]

    def _prefixes(self, pool: Sequence[str]) -> list[str]:
        """Prefixes of which none is another with a slash at its end."""
        drawn = self._some(pool, 5)
        return list({each.removesuffix("/"): each for each in drawn}.values())

    def _cache_rule(self, prefix: str) -> Json:
        url, upstream, needs_secret = self._random.choice(words.UPSTREAMS)
        rule: Json = {"ecrRepositoryPrefix": prefix, "upstreamRegistryUrl": url}
        if needs_secret:
            rule["credentialArn"] = words.ODD["credentialArn"][0]
        if url.startswith(words.OTHER) or self._chance(5):
            rule["customRoleArn"] = words.ODD["customRoleArn"][0]
        if self._chance(30):
            rule["upstreamRegistry"] = upstream
        if self._chance(10):
            rule |= {"registryId": words.HOME, "createdAt": 1700000000.5, "updatedAt": None}
        if prefix != "ROOT" and self._chance(40):
            rule["upstreamRepositoryPrefix"] = self._random.choice(("ROOT", "up", "up/stream/"))
        return rule

    def _cache_rule_for(self) -> Json:
        return {"rules": self.cache_rules(), "name": self._name()}

    def _cache_rule_violations(self) -> Json:
        made = self.cache_rules()
        if self._chance(20) and made:
            made.append(self._cache_rule(self._random.choice(words.PREFIXES)))
        if self._chance(15) and made:
            made[0].pop(self._random.choice(("customRoleArn", "credentialArn")), None)
        return {"rules": self.broken(made), "account": words.HOME, "region": words.REGIONS[0]}

    def _cache_is_due(self) -> Json:
        return {"looked_at": self._before(_NOW, (0, 1, 1, 2)), "now": _NOW}

    def _cache_pull(self) -> Json:
        repository = None if self._chance(5) else self._repository("quay/web")
        for image in [] if repository is None else repository["images"]:
            if self._chance(10):
                image["imageStatus"] = "ARCHIVED"
        reference = self._random.choice((*words.TAGS, words.DIGESTS[0]))
        looked_at = self._before(_NOW, (0, 1, 1, 2)) if self._chance(90) else None
        return {
            "cached_repository": repository,
            "reference": reference,
            "looked_at": looked_at,
            "now": _NOW,
        }

    def _cache_looks_upstream(self) -> Json:
        told = self._before(_NOW, (0, 1, 2, 3)) if self._chance(95) else None
        imported_at = self._before(_NOW, (0, 1, 2, 30)) if self._chance(50) else None
        return {"recorded_pull_at": told, "now": _NOW, "imported_at": imported_at}

    def _cache_failure(self) -> Json:
        return self._cache_access()

    def _cache_access(self) -> Json:
        """A user of the registry's account, or of another, whom several policies let do something.

        The service has a policy of a repository without resources, and without tokens and rules.
        """
        name = self._name()
        account = words.HOME if self._chance(70) else words.OTHER
        user = f"arn:aws:iam::{account}:user/builder"
        arn = f"arn:aws:ecr:{words.REGIONS[0]}:{words.HOME}:repository"
        resources = ("*", f"{arn}/*", f"{arn}/{name}", f"{arn}/prod/*")
        who = ("*", {"AWS": user}, {"AWS": f"{user}s"}, {"AWS": account}, {"AWS": words.THIRD})

        def statement(**members: Any) -> Json:
            effect = "Deny" if self._chance(12) else "Allow"
            return {"Effect": effect, "Action": self._some(words.CACHE_ACTIONS, 5, 1), **members}

        def made(one: Callable[[], Json]) -> Json | None:
            number = self._random.randrange(3)
            statements = [one() for _ in range(number)]
            return {"Version": "2012-10-17", "Statement": statements} if number else None

        choice = self._random.choice
        return {
            "account": words.HOME,
            "region": words.REGIONS[0],
            "name": name,
            "exists": self._chance(60),
            "principal": user,
            "identity_policy": made(lambda: statement(Resource=choice(resources))),
            "repository_policy": made(lambda: statement(Principal=choice(who))),
            "registry_policy": made(
                lambda: statement(Principal=choice(who), Resource=choice(resources))
            ),
        }

    def templates(self) -> list[Any]:
        """Templates with any of the members that there are."""
        pool = [each for each in words.PREFIXES if each != "ROOT/"]
        return [self._template(prefix) for prefix in self._prefixes(pool)]

    def _template(self, prefix: str) -> Json:
        random = self._random
        made: Json = {
            "prefix": prefix,
            "appliedFor": self._some(words.CAUSES, random.choice((1, 1, 3)), 1),
        }
        if self._chance(60):
            made |= self._mutability()
        if self._chance(30):
            made["encryptionConfiguration"] = random.choice(
                (
                    {"encryptionType": "AES256"},
                    {"encryptionType": "KMS"},
                    {"encryptionType": "KMS_DSSE", "kmsKey": words.ODD["kmsKey"][0]},
                )
            )
        if self._chance(30):
            made["resourceTags"] = self.resource_tags()
        if self._chance(20):
            made["repositoryPolicy"] = random.choice(("", _REPOSITORY_POLICY))
        if self._chance(20):
            made["lifecyclePolicy"] = random.choice(("", _LIFECYCLE_POLICY))
        if self._chance(10):
            made |= {"description": "for the team", "createdAt": "2026-01-31T00:00:00Z"}
        if self._chance(10):
            made["customRoleArn"] = words.ODD["customRoleArn"][0]
        return made

    def _mutability(self) -> Json:
        mutability = self._random.choice(words.MUTABILITIES)
        if not mutability.endswith("EXCLUSION"):
            return {"imageTagMutability": mutability}
        return {
            "imageTagMutability": mutability,
            "imageTagMutabilityExclusionFilters": [
                {"filter": each, "filterType": "WILDCARD"}
                for each in self._some(words.TAG_FILTERS, 3, 1)
            ],
        }

    def resource_tags(self) -> list[Any]:
        """Tags of a repository."""
        return [
            {"Key": key, "Value": self._random.choice(("", "a", "é 1"))}
            for key in self._some(("team", "Team", "a b", "é", "x:y"), 3)
        ]

    def _template_for(self) -> Json:
        return {
            "templates": self.templates(),
            "name": self._name(),
            "cause": self._random.choice(words.CAUSES),
        }

    _new_repository = _template_for

    def _template_violations(self) -> Json:
        made = self.templates()
        if self._chance(20) and made:
            made.append(self._template(self._random.choice(words.PREFIXES)))
        return {"templates": self.broken(made)}

    def _resource_tag_violations(self) -> Json:
        made = self.resource_tags()
        if self._chance(20):
            number = self._random.choice((49, 50, 51))
            made += [{"Key": f"key{each}", "Value": ""} for each in range(number - len(made))]
            made += [{"Key": "aws:team", "Value": "a"}] * self._random.randrange(2)
        return {"tags": self.broken(made)}

    # Tags

    def _listed(self, name: str) -> Json:
        """A repository of a registry, the tags of which may be told."""
        made = self._repository(name)
        if self._chance(60):
            tags = self._some((("team", "a"), ("team", "b"), ("Cost", "1")), 1)
            made["resourceTags"] = [{"Key": key, "Value": value} for key, value in tags]
        return made

    def _repository(self, name: str) -> Json:
        return {"repositoryName": name, **self._mutability(), "images": self._images()}

    def _images(self) -> list[Json]:
        """Images of which no two have the same tag."""
        free = list(words.TAGS)
        images: list[Json] = []
        for digest in self._some(words.DIGESTS, 2):
            image: Json = {"imageDigest": digest}
            if self._chance(85):
                image["imageTags"] = self._some(free, 3)
                free = [tag for tag in free if tag not in image["imageTags"]]
            images.append(image)
        return images

    def _tag_push(self) -> Json:
        repository = self._repository("web")
        return {
            "mutability": repository["imageTagMutability"],
            "exclusion_filters": repository.get("imageTagMutabilityExclusionFilters", []),
            "images": repository["images"],
            "tag": self._random.choice(words.TAGS),
            "digest": self._random.choice(words.DIGESTS),
        }

    # What is wrong

    def broken(self, setting: Any) -> Any:
        """The setting, of which more often than not one or two values are others."""
        made = [json.loads(json.dumps(setting))]
        for _ in range(self._random.choice((0, 1, 1, 1, 2, 3))):
            self._break(made)
        return made[0]

    def _break(self, whole: list[Any]) -> None:
        """Change one value, wherever it stands: most often for one that nearly fits."""
        random = self._random
        parts: list[Any] = [whole]
        for part in parts:
            inner = part.values() if isinstance(part, dict) else part
            parts.extend(value for value in inner if isinstance(value, dict | list))
        odd = [
            (part, name) for part in parts if isinstance(part, dict) for name in _odd_names(part)
        ]
        lists = [part for part in parts[1:] if isinstance(part, list) and part]
        if odd and self._chance(65):
            part, name = random.choice(odd)
            part[name] = self._odd(words.ODD[name])
        elif lists and self._chance(40):
            filled = random.choice(lists)
            _fill(filled, random.randrange(len(filled)), random.choice(words.MANY), random)
        else:
            self._spoil(random.choice(parts[1:] or parts))

    def _spoil(self, chosen: Any) -> None:
        """Delete a value, put another in its place, or add one."""
        places: Sequence[Any] = list(chosen) if isinstance(chosen, dict) else range(len(chosen))
        if not places or self._chance(25):
            self._add(chosen)
        elif self._chance(35):
            del chosen[self._random.choice(places)]
        else:
            chosen[self._random.choice(places)] = self._odd(words.ANY)

    def _odd(self, pool: Sequence[Any]) -> Any:
        return json.loads(json.dumps(self._random.choice(pool)))

    def _add(self, chosen: Any) -> None:
        value = self._odd(words.ANY)
        if isinstance(chosen, dict):
            chosen[self._random.choice(words.MEMBERS)] = value
        else:
            chosen.append(value)


def _fill(entries: list[Any], place: int, number: int, random: Random) -> None:
    """Add to a list until it has so many entries: copies, or such that differ in their text."""
    copied = json.dumps(entries[place])
    numbered = random.randrange(2) and isinstance(entries[place], dict)
    for each in range(number - len(entries)):
        entry = json.loads(copied)
        if numbered:
            for name in ("filter", "prefix", "ecrRepositoryPrefix", "Key"):
                if isinstance(entry.get(name), str):
                    entry[name] = f"a{each}"
        entries.append(entry)


def _odd_names(part: Json) -> Sequence[str]:
    """The members that have odd values, with those that may be missing."""
    here = [name for name in part if name in words.ODD]
    return [*here, *(each for name in here for each in _OPTIONAL.get(name, ()))]


_OPTIONAL = {
    "encryptionType": ("kmsKey",),
    "ecrRepositoryPrefix": (
        *("registryId", "upstreamRegistry", "credentialArn", "customRoleArn"),
        "upstreamRepositoryPrefix",
    ),
    "appliedFor": (
        *("description", "imageTagMutability", "imageTagMutabilityExclusionFilters"),
        "customRoleArn",
    ),
}
_REPOSITORY_POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": words.OTHER},
                "Action": "ecr:BatchGetImage",
            }
        ],
    }
)
_LIFECYCLE_POLICY = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "selection": {
                    "tagStatus": "untagged",
                    "countType": "sinceImagePushed",
                    "countUnit": "days",
                    "countNumber": 14,
                },
                "action": {"type": "expire"},
            }
        ]
    }
)
