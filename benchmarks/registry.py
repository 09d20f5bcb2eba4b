"""The effective settings of a registry, and the drawing of its replication, beside `json.loads`.

    python -m benchmarks.registry [--quick] [--seed N]

The text is indented as the AWS CLI prints it. Of the filters a quarter each is a text, a beginning,
an end, and two pieces within wildcards; most of them match nothing, as they do in a registry of
many teams. Every measurement reads the filters anew. The drawing has 40 edges, to 24 registries
that have half of the repositories each; the floor is to read the snapshot of the source alone.
"""

import argparse
import json
import random
import sys
from dataclasses import replace
from typing import Any, NamedTuple

from benchmarks.measure import ratios
from ecrpolicy import settings
from ecrpolicy.render import graph
from ecrpolicy.replication import Topology
from ecrpolicy.settings import EffectiveSettings, Settings
from ecrpolicy.snapshot import Registry, Repository
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.registries import read_registry

ACCOUNT, REGION = "111122223333", "us-east-1"
TEAMS = ("storefront", "billing", "search", "media", "platform", "warehouse", "identity", "labs")
PARTS = ("web", "api", "worker", "cron", "proxy", "ledger", "index", "gateway")


class Limit(NamedTuple):
    """A kind of work, how many repositories and filters, and what it may cost."""

    work: str
    repositories: int
    filters: int
    most: float
    most_seconds: float


LIMITS = (
    Limit("effective", 10_000, 100, 3.0, 0.5),
    Limit("effective, with templates", 10_000, 100, 3.0, 0.5),
    Limit("drawing of 40 edges", 10_000, 100, 20.0, 2.0),
)


def registry_text(repositories: int, filters: int, rng: random.Random) -> bytes:
    """What the commands of the AWS CLI print of a registry, in one document."""
    names = [_name(number, rng) for number in range(repositories)]
    texts = [_filter(number, rng) for number in range(filters)]
    half = len(texts) // 2
    document = {
        "registryId": ACCOUNT,
        "region": REGION,
        "repositories": [_repository(name) for name in names],
        "scanningConfiguration": {
            "scanType": "ENHANCED",
            "rules": [
                _rule("SCAN_ON_PUSH", texts[:half]),
                _rule("CONTINUOUS_SCAN", texts[half:]),
            ],
        },
        "replicationConfiguration": {
            "rules": [
                _replication("eu-west-1", [f"{team}/" for team in TEAMS[:5]]),
                _replication("us-west-2", ["platform/", "identity/web"]),
                _replication("ap-southeast-1", []),
            ]
        },
        "pullThroughCacheRules": [
            {"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"},
            {"ecrRepositoryPrefix": "k8s", "upstreamRegistryUrl": "registry.k8s.io"},
            {"ecrRepositoryPrefix": "labs/quay", "upstreamRegistryUrl": "quay.io"},
        ],
        "repositoryCreationTemplates": [
            {"prefix": prefix, "appliedFor": causes, "imageTagMutability": "IMMUTABLE"}
            for prefix, causes in (
                ("ROOT", ["REPLICATION", "CREATE_ON_PUSH", "PULL_THROUGH_CACHE"]),
                *((team, ["REPLICATION"]) for team in TEAMS),
                ("quay", ["PULL_THROUGH_CACHE"]),
            )
        ],
    }
    return json.dumps(document, indent=4).encode()


def _name(number: int, rng: random.Random) -> str:
    start = "quay" if rng.random() < 0.05 else rng.choice(TEAMS)
    return f"{start}/{rng.choice(PARTS)}-{number}"


def _filter(number: int, rng: random.Random) -> str:
    """A filter, which in one case of ten is of a team that the registry has."""
    team, part = (rng.choice(TEAMS), rng.choice(PARTS))
    if number % 10 != 9:
        team, part = f"team{number}", f"{part}{number}"
    forms = (f"{team}/{part}", f"{team}/{part}*", f"*/{part}-{number}", f"*{team}*{part}*")
    return forms[(number + number // 10) % len(forms)]


def _repository(name: str) -> dict[str, Any]:
    return {
        "repositoryArn": f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}",
        "registryId": ACCOUNT,
        "repositoryName": name,
        "repositoryUri": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{name}",
        "createdAt": "2025-06-01T09:00:00.123000+00:00",
        "imageTagMutability": "MUTABLE",
        "imageScanningConfiguration": {"scanOnPush": False},
        "encryptionConfiguration": {"encryptionType": "AES256"},
    }


def _rule(frequency: str, texts: list[str]) -> dict[str, Any]:
    filters = [{"filter": text, "filterType": "WILDCARD"} for text in texts]
    return {"scanFrequency": frequency, "repositoryFilters": filters}


def _replication(region: str, starts: list[str]) -> dict[str, Any]:
    rule: dict[str, Any] = {"destinations": [{"region": region, "registryId": ACCOUNT}]}
    if starts:
        rule["repositoryFilters"] = [
            {"filter": start, "filterType": "PREFIX_MATCH"} for start in starts
        ]
    return rule


def topology_of(known: Registry) -> Topology:
    """The registry with 10 rules, each of 4 destinations, all of which are given."""
    accounts = [f"{number:012d}" for number in range(1, 7)]
    regions = ("eu-west-1", "eu-west-2", "us-east-2", "us-west-2")
    places = [(account, region) for account in accounts for region in regions]
    rules = [
        {
            "destinations": [
                {"registryId": account, "region": region}
                for account, region in (places * 2)[4 * number % 24 :][:4]
            ]
        }
        for number in range(10)
    ]
    names = tuple(Repository(each.name) for each in known.repositories[::2])
    others = (
        Registry(
            account,
            region,
            policy=_letting_in(f"arn:aws:ecr:{region}:{account}:repository/storefront/*"),
            repositories=names,
        )
        for account, region in places
    )
    home = replace(known, replication_configuration={"rules": rules})
    return Topology((home, *others))


def _letting_in(resource: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": ["ecr:ReplicateImage", "ecr:CreateRepository"],
        "Resource": resource,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def measure(
    repositories: int, filters: int, rounds: int, rng: random.Random
) -> tuple[float, dict[str, float]]:
    """The floor in seconds, and the works on one registry as multiples of it."""
    text = registry_text(repositories, filters, rng)
    known = read_registry(Source(text))
    fresh = [Settings.of(known) for _ in range(2 * rounds)]
    topologies = [topology_of(known) for _ in range(rounds)]

    def effective(registry: Registry | None = None) -> list[EffectiveSettings]:
        read = fresh.pop() if registry is None else Settings.of(registry)
        return list(settings.effective(read))

    floor, found = ratios(
        {
            "effective": effective,
            "effective, with templates": lambda: [each.templates for each in effective()],
            "bytes to settings": lambda: effective(read_registry(Source(text))),
            "drawing of 40 edges": lambda: graph.mermaid(topologies.pop()),
        },
        lambda: json.loads(text),
        rounds=rounds,
    )
    results = list(settings.effective(Settings.of(known)))
    matched = sum(each.scanning.filter is not None for each in results)
    print(
        f"\n{repositories:,} repositories x {filters} filters, {matched:,} matched; "
        f"json.loads of {len(text) / 1e6:.1f} MB takes {floor * 1000:.0f} ms"
    )
    return floor, found


def main() -> int:
    """Measure and print; a figure over its limit is marked, and decides nothing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="one registry, three rounds")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sizes = [(10_000, 100), (10_000, 200)]
    print(f"Python {sys.version.split()[0]}, seed {arguments.seed}")
    for repositories, filters in sizes[:1] if arguments.quick else sizes:
        rounds = 3 if arguments.quick else 11
        rng = random.Random(arguments.seed)
        floor, found = measure(repositories, filters, rounds, rng)
        for work, ratio in found.items():
            limit = next(
                (each for each in LIMITS if each[:3] == (work, repositories, filters)), None
            )
            print(f"  {work:<27}{ratio:6.2f} x{ratio * floor:8.3f} s{_goal(limit, ratio, floor)}")
    return 0


def _goal(limit: Limit | None, ratio: float, floor: float) -> str:
    if limit is None:
        return ""
    is_over = ratio > limit.most or ratio * floor > limit.most_seconds
    return f"  at most {limit.most} x and {limit.most_seconds} s" + ("  OVER" if is_over else "")


if __name__ == "__main__":
    sys.exit(main())
