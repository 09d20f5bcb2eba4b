"""Which images of a repository are in use."""

from ecrpolicy.lifecycle import InUse, Through, in_use
from ecrpolicy.reference import Reference
from ecrpolicy.snapshot import Image, Repository
from tests.builders import digest, image

HOST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com"
ARN = "arn:aws:ecr:eu-central-1:111122223333:repository/team/app"


def found(*texts: str, images: tuple[Image, ...], arn: str | None = ARN) -> InUse:
    """What is in use of the repository `team/app`, by the text of references."""
    references = [Reference.read(text) for text in texts]
    repository = Repository("team/app", images, registry_id="111122223333", arn=arn)
    return in_use([each for each in references if each], repository)


def reached(used: InUse) -> list[tuple[str, list[str]]]:
    """The digits of the images in use, and how each use reaches it."""
    return [(each[-1], [use.through.name for use in uses]) for each, uses in used.uses.items()]


APP = (image("a", "v1", "stable"), image("b", "v2"), image("c"))


def test_images_are_named_by_tag_or_by_digest() -> None:
    used = found(f"{HOST}/team/app:v1", f"{HOST}/team/app@{digest('c')}", images=APP)
    assert reached(used) == [("a", ["ITSELF"]), ("c", ["ITSELF"])]
    assert used.absent == ()


def test_a_digest_says_more_than_a_tag() -> None:
    used = found(f"{HOST}/team/app:v1@{digest('b')}", images=APP)
    assert reached(used) == [("b", ["ITSELF"])]


def test_a_reference_without_a_tag_is_to_latest() -> None:
    latest = image("d", "latest")
    assert reached(found(f"{HOST}/team/app", images=(*APP, latest))) == [("d", ["ITSELF"])]


def test_a_reference_without_a_registry_is_matched_by_its_name() -> None:
    used = found("team/app:v1", "other/app:v1", images=APP)
    assert reached(used) == [("a", ["ITSELF"])]
    assert used.other_repositories == 1


def test_a_digest_alone_is_matched_with_any_repository() -> None:
    used = found(digest("c"), digest("f"), images=APP)
    assert reached(used) == [("c", ["ITSELF"])]
    assert used.absent == ()


def test_other_registries_accounts_and_regions() -> None:
    other = "999988887777.dkr.ecr.eu-central-1.amazonaws.com"
    elsewhere = HOST.replace("eu-central-1", "us-east-1")
    used = found(
        f"{other}/team/app:v1",
        f"{elsewhere}/team/app:v1",
        f"{elsewhere}/team/app:v2",
        "ghcr.io/team/app:v1",
        images=APP,
    )
    assert used.uses == {}
    assert used.other_registries == {other: 1, elsewhere: 2, "ghcr.io": 1}


def test_where_the_region_is_not_known_any_will_do() -> None:
    elsewhere = HOST.replace("eu-central-1", "us-east-1")
    assert reached(found(f"{elsewhere}/team/app:v1", images=APP, arn=None)) == [("a", ["ITSELF"])]


def test_references_to_what_is_not_there() -> None:
    used = found(f"{HOST}/team/app:v9", f"{HOST}/team/app@{digest('9')}", images=APP)
    assert [reference.tag for reference in used.absent] == ["v9", None]


def test_an_index_protects_its_children() -> None:
    index = image("e", "v1", manifests=(digest("a"), digest("b"), digest("9"), digest("e")))
    used = found(f"{HOST}/team/app:v1", images=(index, image("a"), image("b"), image("c")))
    assert reached(used) == [("e", ["ITSELF"]), ("a", ["INDEX"]), ("b", ["INDEX"])]


def test_a_child_in_use_marks_its_indexes_and_not_its_siblings() -> None:
    images = (
        image("d", "v1", manifests=(digest("a"), digest("b"))),
        image("e", "v2", manifests=(digest("a"),)),
        image("a"),
        image("b"),
    )
    used = found(f"{HOST}/team/app@{digest('a')}", images=images)
    assert reached(used) == [("a", ["ITSELF"]), ("d", ["CHILD"]), ("e", ["CHILD"])]


# `d` holds `e`, which holds `a` and `b`.
NESTED = (
    image("d", "top", manifests=(digest("e"), digest("d"))),
    image("e", manifests=(digest("a"), digest("b"))),
    image("a"),
    image("b"),
)


def test_a_child_in_use_marks_the_index_of_its_index() -> None:
    used = found(f"{HOST}/team/app@{digest('a')}", images=NESTED)
    assert reached(used) == [("a", ["ITSELF"]), ("e", ["CHILD"]), ("d", ["CHILD"])]


def test_an_index_in_use_protects_the_children_of_its_children() -> None:
    used = found(f"{HOST}/team/app:top", images=NESTED)
    assert reached(used) == [
        ("d", ["ITSELF"]),
        ("e", ["INDEX"]),
        ("a", ["INDEX"]),
        ("b", ["INDEX"]),
    ]


def test_indexes_in_a_circle_are_gone_through_once() -> None:
    images = (image("a", "v1", manifests=(digest("b"),)), image("b", manifests=(digest("a"),)))
    assert reached(found(f"{HOST}/team/app:v1", images=images)) == [
        ("a", ["ITSELF"]),
        ("b", ["INDEX"]),
    ]


def test_all_uses_of_an_image_are_told() -> None:
    used = found(f"{HOST}/team/app:v1", f"{HOST}/team/app:stable", images=APP)
    (uses,) = used.uses.values()
    assert list(map(str, uses)) == [f"{HOST}/team/app:v1", f"{HOST}/team/app:stable"]
    assert used.to_json()["images"][0]["uses"][0] == {
        "reference": f"{HOST}/team/app:v1",
        "user": None,
        "through": Through.ITSELF.name,
    }
