"""Many images: what tells of them takes so much longer as there are more of them, and no more."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import insert, update

from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.tables import images, repositories, tags
from ecrpolicy.registry.place import Place
from tests.registry.serving import ACCOUNT, REGION, Serving, serving

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient

FEW: Final = 1_300
MANY: Final = 13_000
START: Final = datetime(2025, 1, 31, tzinfo=UTC)
POLICY: Final = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "selection": {
                    "tagStatus": "tagged",
                    "tagPatternList": ["v*"],
                    "countType": "imageCountMoreThan",
                    "countNumber": 100,
                },
                "action": {"type": "expire"},
            }
        ]
    }
)


def _fill(started: Serving, name: str, number: int) -> None:
    """Put images into a repository, nine of ten with a tag, behind the API's back."""
    with started.service.database.writing() as connection:
        found = stored.require(connection, Place(ACCOUNT, REGION), name)
        base = found.id * 1_000_000
        rows = [
            {
                "id": base + each,
                "repository_id": found.id,
                "digest": f"sha256:{(each * 2_654_435_761) % 2**256:064x}",
                "manifest": b"{}",
                "media_type": "application/vnd.oci.image.manifest.v1+json",
                "size_bytes": 1_000,
                "pushed_at": START + timedelta(minutes=each),
                "status": "ACTIVE",
            }
            for each in range(number)
        ]
        connection.execute(insert(images), rows)
        connection.execute(
            insert(tags),
            [
                {"repository_id": found.id, "tag": f"v{each}", "image_id": base + each}
                for each in range(number)
                if each % 10
            ],
        )
        connection.execute(
            update(repositories).where(repositories.c.id == found.id).values(image_count=number)
        )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator["ECRClient"]:
    """A service with a large repository, and one that is ten times as large."""
    with serving(tmp_path_factory.mktemp("large")) as started:
        ecr = started.ecr()
        for name, number in (("few", FEW), ("many", MANY)):
            ecr.create_repository(repositoryName=name)
            _fill(started, name, number)
        yield ecr


def _seconds(ask: Callable[[], int], expected: int) -> float:
    began = time.process_time()
    assert ask() == expected
    return time.process_time() - began


def _described(ecr: "ECRClient", name: str) -> int:
    pages: Any = ecr.get_paginator("describe_images").paginate(
        repositoryName=name, PaginationConfig={"PageSize": 1000}
    )
    return sum(len(page["imageDetails"]) for page in pages)


def _previewed(ecr: "ECRClient", name: str) -> int:
    ecr.start_lifecycle_policy_preview(repositoryName=name, lifecyclePolicyText=POLICY)
    answer: Any = ecr.get_lifecycle_policy_preview(repositoryName=name)
    assert answer["status"] == "COMPLETE"
    return int(answer["summary"]["expiringImageTotalCount"])


def _going(ecr: "ECRClient", name: str) -> int:
    """How many results the first ten pages have."""
    pages: Any = ecr.get_paginator("get_lifecycle_policy_preview").paginate(
        repositoryName=name, PaginationConfig={"PageSize": 100, "MaxItems": 1_000}
    )
    return sum(len(page["previewResults"]) for page in pages)


# Twice what is linear. The service runs in this process: its work is counted, and no waiting.
@pytest.mark.parametrize(
    ("ask", "few", "many", "most"),
    [
        pytest.param(_described, FEW, MANY, 20, id="descriptions"),
        pytest.param(_previewed, FEW * 9 // 10 - 100, MANY * 9 // 10 - 100, 20, id="previews"),
        pytest.param(_going, 1_000, 1_000, 4, id="pages of a preview"),
    ],
)
def test_it_is_linear(
    large: "ECRClient", ask: Callable[["ECRClient", str], int], few: int, many: int, most: int
) -> None:
    if ask is _going:
        _previewed(large, "few")
        _previewed(large, "many")
    one = min(_seconds(lambda: ask(large, "few"), few) for _ in range(3))
    ten = _seconds(lambda: ask(large, "many"), many)
    assert ten < most * one
