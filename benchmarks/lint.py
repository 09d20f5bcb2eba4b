"""The linter: many files in one process, one file through the command line, beside parliament.

    python -m benchmarks.lint [--quick]

A thousand policy files of 2 kB, one in ten with findings, of which four in five are IAM-style and
one in five is a lifecycle policy. parliament gets the same identity policies as texts, in the same
run, round by round; its findings are made, ours are made and located.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.measure import Work
from ecrpolicy.cli.main import main as command
from ecrpolicy.lint.engine import Context, lint
from ecrpolicy.lint.facts import installed
from ecrpolicy.lint.found import SourceText
from ecrpolicy.sources.lintable import read

FILES: Final = 1_000
SIZE: Final = 2_000
ACCOUNT: Final = "111122223333"
PULL: Final = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"]
PUSH: Final = [
    "ecr:InitiateLayerUpload",
    "ecr:UploadLayerPart",
    "ecr:CompleteLayerUpload",
    "ecr:PutImage",
]

GOALS: Final = {"files": 1.5, "one": 0.3, "peer": 5.0}


def identity(number: int) -> dict[str, Any]:
    """A policy of a role that pushes to some repositories, and deploys what it has pushed."""
    statements: list[dict[str, Any]] = [
        {
            "Sid": "Login",
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*",
        },
        {
            "Sid": "Look",
            "Effect": "Allow",
            "Action": ["ecr:Describe*", "ecr:List*", "logs:Describe*", "ecs:Describe*"],
            "Resource": "*",
        },
        {
            "Sid": "Deploy",
            "Effect": "Allow",
            "Action": ["ecs:UpdateService", "ecs:DescribeServices"],
            "Resource": f"arn:aws:ecs:eu-west-1:{ACCOUNT}:service/team-{number}/*",
        },
    ]
    for at in range(2):
        name = f"team-{number}/service-{at}"
        statements.append(
            {
                "Sid": f"Use{at}",
                "Effect": "Allow",
                "Action": [*PULL, *PUSH],
                "Resource": f"arn:aws:ecr:eu-west-1:{ACCOUNT}:repository/{name}",
                "Condition": {"StringEquals": {"aws:PrincipalTag/team": f"team-{number}"}},
            }
        )
    return {"Version": "2012-10-17", "Statement": statements}


def repository(number: int) -> dict[str, Any]:
    """A policy of a repository that other accounts pull from."""
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": f"Pull{at}",
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{444455550000 + number + at}:root"},
                "Action": PULL,
                "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
            }
            for at in range(4)
        ],
    }


def lifecycle(number: int) -> dict[str, Any]:
    """A lifecycle policy."""
    rules = [
        {
            "rulePriority": at + 1,
            "description": f"keep the newest images of branch {at} of team {number}",
            "selection": {
                "tagStatus": "tagged",
                "tagPatternList": [f"branch-{at}-*"],
                "countType": "imageCountMoreThan",
                "countNumber": 10 + at,
            },
            "action": {"type": "expire"},
        }
        for at in range(4)
    ]
    return {"rules": rules}


def spoiled(value: dict[str, Any]) -> dict[str, Any]:
    """The document with a mistake in it."""
    if "rules" in value:
        value["rules"][0]["selection"]["storageClass"] = "standard"
    else:
        value["Statement"][0]["Action"] = "ecr*:GetAuthorizationToken"
    return value


def texts(count: int) -> list[tuple[str, str]]:
    """Names and texts of files, each of about `SIZE` characters, one in ten with a mistake."""
    made = []
    for number in range(count):
        maker = (identity, repository, identity, repository, lifecycle)[number % 5]
        value = maker(number)
        if number % 10 in (3, 4) and number % 20 < 10:
            value = spoiled(value)
        text = json.dumps(value, indent=2)
        made.append((f"{maker.__name__}-{number}.json", text + "\n" * max(0, SIZE - len(text))))
    return made


def seconds(work: Work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def of_files(count: int, rounds: int) -> float:
    """All files in one process, from the command line's own function."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in texts(count):
            (folder / file).write_text(text, "utf-8")

        def work() -> None:
            with redirect_stdout(StringIO()):
                command(("lint", name, "--exit-zero"))

        return median(seconds(work) for _ in range(rounds))


def of_process(rounds: int) -> tuple[float, float]:
    """One file through the command line, and Python alone."""
    with TemporaryDirectory() as name:
        (Path(name) / "policy.json").write_text(json.dumps(spoiled(identity(1)), indent=2))
        # As installed packages have it: compiled when it is first imported, which is not measured.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{name}/compiled"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def called(*words: str) -> Work:
            words = (sys.executable, *words)
            return lambda: subprocess.run(
                words, cwd=name, env=environment, capture_output=True, check=False
            )

        called("-m", "ecrpolicy", "lint", "policy.json")()
        times = [
            (seconds(called("-m", "ecrpolicy", "lint", "policy.json")), seconds(called("-c", "")))
            for _ in range(rounds)
        ]
    return min(one for one, _ in times), min(alone for _, alone in times)


def beside_parliament(count: int, rounds: int) -> tuple[float, float]:
    """A policy of an identity, in seconds: ours, and parliament's."""
    analyze = import_module("parliament").analyze_policy_string
    policies = [json.dumps(identity(number), indent=2) for number in range(count)]
    context = Context(facts=installed())

    def ours() -> None:
        for text in policies:
            for found in lint(read(SourceText("identity.json", text)), context):
                _ = found.finding

    def theirs() -> None:
        for text in policies:
            analyze(text)

    ours()
    theirs()
    taken = [(seconds(ours) / count, seconds(theirs) / count) for _ in range(rounds)]
    return median(each for each, _ in taken), median(each for _, each in taken)


def row(name: str, measured: float, goal: float, unit: str, *, at_least: bool = False) -> None:
    missed = measured < goal if at_least else measured > goal
    sign = "at least" if at_least else "at most"
    print(f"{name:44} {measured:9.3f} {unit:6} {sign} {goal:g}{'  MISSED' if missed else ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    quick = parser.parse_args().quick
    rounds = 3 if quick else 9
    of_files(10, 1)
    row(f"{FILES:,} files of {SIZE / 1000:g} kB", of_files(FILES, rounds), GOALS["files"], "s")
    one, alone = of_process(rounds)
    row("one file through the command line", one, GOALS["one"], "s")
    row("  of which Python itself", alone, GOALS["one"], "s")
    ours, theirs = beside_parliament(20 if quick else 100, rounds)
    row("an identity policy, ours", ours * 1e3, GOALS["files"], "ms")
    row(
        "an identity policy, parliament",
        theirs * 1e3 / (ours * 1e3),
        GOALS["peer"],
        "times",
        at_least=True,
    )


if __name__ == "__main__":
    main()
