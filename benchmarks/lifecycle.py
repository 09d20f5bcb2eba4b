"""Evaluating lifecycle policies, beside reading the same `describe-images` text with `json.loads`.

    python -m benchmarks.lifecycle [--quick] [--lean] [--seed N]

The text is indented as the AWS CLI prints it, and has the members that it prints for a repository
with scanning on push; with `--lean`, without those of the scans, which makes the floor lower.
Every evaluation gets a repository of its own.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from benchmarks.measure import ratios
from ecrpolicy import lifecycle
from ecrpolicy.lifecycle import LifecyclePolicy
from ecrpolicy.snapshot import Repository
from ecrpolicy.sources.files import Source, read_repository

NOW = datetime(2026, 1, 31, tzinfo=UTC)
FAMILIES = ("prod", "release", "main", "pr", "nightly", "dev")


class Limit(NamedTuple):
    """A kind of work, how many images and rules, and how often `json.loads` it may cost."""

    work: str
    images: int
    rules: int
    most: float


LIMITS = (
    Limit("evaluate", 10_000, 10, 1.0),
    Limit("evaluate and iterate", 10_000, 10, 1.5),
    Limit("evaluate and iterate", 10_000, 50, 2.0),
    Limit("evaluate and iterate", 100_000, 10, 1.5),
    Limit("read", 100_000, 10, 2.0),
    Limit("bytes to preview", 100_000, 10, 3.5),
)


SCAN_MEMBERS = ("imageScanStatus", "imageScanFindingsSummary")


def images_text(count: int, rng: random.Random, *, lean: bool = False) -> bytes:
    """What `aws ecr describe-images` prints of so many images."""
    details = [_image(number, rng) for number in range(count)]
    if lean:
        for detail in details:
            for member in SCAN_MEMBERS:
                del detail[member]
    rng.shuffle(details)
    return json.dumps({"imageDetails": details}, indent=4).encode()


def _image(number: int, rng: random.Random) -> dict[str, Any]:
    pushed = NOW - timedelta(seconds=rng.uniform(0, 400 * 86_400))
    scanned = pushed + timedelta(seconds=40)
    return {
        "registryId": "111122223333",
        "repositoryName": "team/app",
        "imageDigest": f"sha256:{rng.getrandbits(256):064x}",
        **_tags(number, rng),
        "imageSizeInBytes": rng.randrange(1_000_000, 500_000_000),
        "imagePushedAt": pushed.isoformat(),
        "imageScanStatus": {
            "status": "COMPLETE",
            "description": "The scan was completed successfully.",
        },
        "imageScanFindingsSummary": {
            "imageScanCompletedAt": scanned.isoformat(),
            "vulnerabilitySourceUpdatedAt": scanned.isoformat(),
            "findingSeverityCounts": {"HIGH": rng.randrange(9), "MEDIUM": rng.randrange(40)},
        },
        "imageManifestMediaType": "application/vnd.docker.distribution.manifest.v2+json",
        "artifactMediaType": "application/vnd.docker.container.image.v1+json",
        "lastRecordedPullTime": (pushed + timedelta(days=rng.uniform(0, 30))).isoformat(),
        "imageStatus": "ACTIVE",
    }


def _tags(number: int, rng: random.Random) -> dict[str, list[str]]:
    if rng.random() < 0.2:
        return {}
    tags = [f"{rng.choice(FAMILIES)}-{number}"]
    if rng.random() < 0.3:
        tags.append(f"{rng.getrandbits(160):040x}")
    return {"imageTags": tags}


def policy(rules: int) -> LifecyclePolicy:
    """So many rules: families of tags, then patterns of teams, untagged images, all images."""
    selections = list(_selections(rules - 2))
    selections.append(_since({"tagStatus": "untagged"}, 14))
    selections.append(_count({"tagStatus": "any"}, 2000))
    return lifecycle.parse(
        {
            "rules": [
                {"rulePriority": priority, "selection": selection, "action": {"type": "expire"}}
                for priority, selection in enumerate(selections, start=1)
            ]
        }
    )


def _selections(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        entry = f"{FAMILIES[number] if number < len(FAMILIES) else f'team{number}'}-"
        if number % 2:
            yield _since({"tagStatus": "tagged", "tagPatternList": [f"{entry}*"]}, 60)
        else:
            yield _count({"tagStatus": "tagged", "tagPrefixList": [entry]}, 100)


def _since(selection: dict[str, Any], days: int) -> dict[str, Any]:
    return {
        **selection,
        "countType": "sinceImagePushed",
        "countUnit": "days",
        "countNumber": days,
    }


def _count(selection: dict[str, Any], number: int) -> dict[str, Any]:
    return {**selection, "countType": "imageCountMoreThan", "countNumber": number}


def measure(
    images: int, rules: int, rounds: int, rng: random.Random, *, lean: bool
) -> dict[str, float]:
    """The works on one repository and policy, as multiples of `json.loads`."""
    text = images_text(images, rng, lean=lean)
    judged = policy(rules)
    known = read_repository(Source(text))

    def fresh() -> Repository:
        return Repository(known.name, known.images, known.registry_id)

    repositories = [fresh() for _ in range(2 * rounds)]

    def preview() -> lifecycle.Preview:
        return lifecycle.evaluate(judged, repositories.pop(), now=NOW)

    floor, found = ratios(
        {
            "evaluate": preview,
            "evaluate and iterate": lambda: list(preview().results),
            "read": lambda: read_repository(Source(text)),
            "bytes to preview": lambda: list(
                lifecycle.evaluate(judged, read_repository(Source(text)), now=NOW).results
            ),
        },
        lambda: json.loads(text),
        rounds=rounds,
    )
    gone = len(lifecycle.evaluate(judged, known, now=NOW).results)
    print(
        f"\n{images:,} images x {rules} rules, {gone:,} go; "
        f"json.loads of {len(text) / 1e6:.1f} MB takes {floor * 1000:.0f} ms"
    )
    return found


def main() -> int:
    """Measure and print; a figure over its limit is marked, and decides nothing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="one small repository, three rounds")
    parser.add_argument("--lean", action="store_true", help="images without scans")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    sizes = [(10_000, 10), (10_000, 50), (100_000, 10)]
    if arguments.quick:
        sizes = sizes[:1]
    print(f"Python {sys.version.split()[0]}, seed {arguments.seed}")
    for images, rules in sizes:
        rounds = 3 if arguments.quick else (21 if images <= 10_000 else 9)
        found = measure(images, rules, rounds, random.Random(arguments.seed), lean=arguments.lean)
        for work, ratio in found.items():
            most = next(
                (limit.most for limit in LIMITS if limit[:3] == (work, images, rules)), None
            )
            goal = "" if most is None else f"  at most {most}" + ("" if ratio <= most else "  OVER")
            print(f"  {work:<22}{ratio:6.2f} x{goal}")
    start_up()
    return 0


def start_up() -> None:
    """How long `ecrpolicy --version` takes beyond `python -c pass`."""

    def run(*words: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    pairs = [(run("-c", "pass"), run("-m", "ecrpolicy", "--version")) for _ in range(9)]
    bare, version = (sorted(times)[len(times) // 2] for times in zip(*pairs, strict=True))
    print(f"\necrpolicy --version: {1000 * (version - bare):.0f} ms more than python -c pass")


if __name__ == "__main__":
    sys.exit(main())
