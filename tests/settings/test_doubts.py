"""Whether a push is taken, as far as the documents tell."""

from typing import Any

import pytest

from ecrpolicy import settings
from ecrpolicy.replication import Topology
from ecrpolicy.settings import Answer, Settings, Verdict
from ecrpolicy.snapshot import Registry, Repository, TagMutability
from tests.builders import image
from tests.registry_builders import EAST, HOME, registry, template

IMMUTABLE, MUTABLE = TagMutability.IMMUTABLE, TagMutability.MUTABLE


def answer(home: Registry, name: str = "web", tag: str = "v1", **push: Any) -> Answer:
    read = Settings.of(home)
    pushed = settings.push(read, Topology((home,)), name, tag, **push)
    return settings.answer(pushed, read)


def web(*images: Any, mutability: TagMutability | None = None) -> Repository:
    return Repository("web", images, image_tag_mutability=mutability)


def test_what_is_known_is_certain() -> None:
    assert answer(registry(web(mutability=IMMUTABLE))) == Answer(Verdict.ALLOWED, ())
    taken = answer(registry(web(image("a", "v1"), mutability=IMMUTABLE)))
    assert taken.verdict is Verdict.REFUSED
    assert taken.reasons[0].startswith("ImageTagAlreadyExistsException: ")
    assert answer(registry(web(image("a", "v1"), mutability=MUTABLE))).verdict is Verdict.ALLOWED


@pytest.mark.parametrize(
    ("repository", "verdict", "reason"),
    [
        (
            Repository("web"),
            Verdict.UNKNOWN,
            "neither the images of the repository nor its tag mutability are known",
        ),
        (
            Repository("web", image_tag_mutability=IMMUTABLE),
            Verdict.UNKNOWN,
            "the tag is immutable, and whether another image has it is not known",
        ),
        (Repository("web", image_tag_mutability=MUTABLE), Verdict.ALLOWED, None),
        (
            web(image("a", "v1")),
            Verdict.UNKNOWN,
            "another image has the tag, and the tag mutability of the repository is not known",
        ),
        (web(image("a", "v2")), Verdict.ALLOWED, None),
    ],
)
def test_what_is_not_known_of_the_repository_leaves_it_open(
    repository: Repository, verdict: Verdict, reason: str | None
) -> None:
    found = answer(registry(repository))
    assert (found.verdict, found.reasons) == (verdict, () if reason is None else (reason,))


def test_templates_that_are_not_known_may_create_the_repository() -> None:
    found = answer(registry("api"))
    assert found.verdict is Verdict.UNKNOWN
    assert found.reasons == (
        "the repository creation templates are not known: one may have the push create the "
        "repository",
    )
    known = answer(registry("api", repository_creation_templates=()))
    assert known.verdict is Verdict.REFUSED
    assert known.reasons[0].startswith("RepositoryNotFoundException: ")


def test_where_no_repository_is_listed_this_one_may_be_there() -> None:
    templates = (template("ROOT", "CREATE_ON_PUSH"),)
    for several in (templates, ()):
        home = Registry(HOME, EAST, repository_creation_templates=several)
        found = answer(home)
        assert found.verdict is Verdict.UNKNOWN
        assert found.reasons == ("no repository is listed: whether this one is there is not known",)
        pushed = settings.push(Settings.of(home), Topology((home,)), "web", "v1")
        assert (pushed.allowed, pushed.created, pushed.refusals) == (None, None, ())


def test_where_the_list_of_repositories_is_empty_this_one_is_missing() -> None:
    found = answer(registry(repository_creation_templates=()))
    assert found.verdict is Verdict.REFUSED
    assert found.reasons[0].startswith("RepositoryNotFoundException: ")
    created = answer(registry(repository_creation_templates=(template("ROOT", "CREATE_ON_PUSH"),)))
    assert created.verdict is Verdict.ALLOWED


def test_names_and_tags_that_are_none_are_refused_whatever_else_is_not_known() -> None:
    for name, tag in (("Web", "v1"), ("web", "-v1")):
        found = answer(registry(), name, tag)
        assert found.verdict is Verdict.REFUSED
        assert "InvalidParameterException: " in " ".join(found.reasons)


def test_a_replica_arrives_whatever_is_not_known_of_its_tag() -> None:
    repository = Repository("web", image_tag_mutability=IMMUTABLE)
    assert answer(registry(repository), is_replica=True).verdict is Verdict.ALLOWED
    assert answer(registry("api"), is_replica=True).verdict is Verdict.ALLOWED
