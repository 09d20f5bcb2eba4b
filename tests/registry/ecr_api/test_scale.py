"""Many images: what tells of them takes so much longer as there are more of them, and no more."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from sqlalchemy import insert, update

from ecrpolicy.registry.auth.caller import Caller
from ecrpolicy.registry.ecr_api.operation import Call, Json
from ecrpolicy.registry.ecr_api.operations import OPERATIONS
from ecrpolicy.registry.metadata import repositories as stored
from ecrpolicy.registry.metadata.tables import images, repositories, tags
from ecrpolicy.registry.place import Place
from tests.registry.serving import ACCOUNT, REGION, ROOT, Serving, serving
from tests.work import work_of

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
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A service with a large repository, and one that is ten times as large."""
    with serving(tmp_path_factory.mktemp("large")) as started:
        for name, number in (("few", FEW), ("many", MANY)):
            started.ecr().create_repository(repositoryName=name)
            _fill(started, name, number)
        yield started


def _answer(large: Serving, operation: str, **request: object) -> Json:
    """What an operation answers, in this thread: its work is counted there."""
    caller = Caller(ROOT.principal, ACCOUNT)
    call = Call(large.service, caller, Place(ACCOUNT, REGION), START, {}, large.url)
    return OPERATIONS[operation].run(call, request)


def _pages(large: Serving, operation: str, most: int, **request: object) -> Iterator[Json]:
    """The first pages of a listing, `most` at most."""
    page = _answer(large, operation, **request)
    yield page
    for _ in range(most - 1):
        if "nextToken" not in page:
            return
        page = _answer(large, operation, nextToken=page["nextToken"], **request)
        yield page


def _described(large: Serving, name: str) -> int:
    pages = _pages(large, "DescribeImages", MANY, repositoryName=name, maxResults=100)
    return sum(len(page["imageDetails"]) for page in pages)


def _previewed(large: Serving, name: str) -> int:
    _answer(large, "StartLifecyclePolicyPreview", repositoryName=name, lifecyclePolicyText=POLICY)
    answer = _answer(large, "GetLifecyclePolicyPreview", repositoryName=name)
    assert answer["status"] == "COMPLETE"
    return int(answer["summary"]["expiringImageTotalCount"])


def _going(large: Serving, name: str) -> int:
    """How many results the first ten pages have."""
    pages = _pages(large, "GetLifecyclePolicyPreview", 10, repositoryName=name, maxResults=100)
    return sum(len(page["previewResults"]) for page in pages)


@pytest.mark.parametrize(
    ("ask", "few", "many", "most"),
    [
        pytest.param(_described, FEW, MANY, 12, id="descriptions"),
        pytest.param(_previewed, FEW * 9 // 10 - 100, MANY * 9 // 10 - 100, 12, id="previews"),
        pytest.param(_going, 1_000, 1_000, 2, id="pages of a preview"),
    ],
)
def test_it_is_linear(
    large: Serving, ask: Callable[[Serving, str], int], few: int, many: int, most: int
) -> None:
    for name, expected in (("few", few), ("many", many)):
        if ask is _going:
            _previewed(large, name)
        assert ask(large, name) == expected
    engine = large.service.database.engine
    work = work_of(lambda: ask(large, "few"), engine)
    assert work_of(lambda: ask(large, "many"), engine) < most * work
