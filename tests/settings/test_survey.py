"""A registry as a whole."""

from ecrpolicy import settings
from ecrpolicy.replication import Coverage, Outcome, Topology
from ecrpolicy.settings import Settings, Survey
from ecrpolicy.snapshot import Registry
from tests.registry_builders import (
    EAST,
    EUROPE,
    HOME,
    OTHER,
    WEST,
    letting_in,
    place,
    registry,
    replicate,
)


def survey() -> Survey:
    """A registry with three repositories; of its destinations, one is not given."""
    rules = [
        replicate((OTHER, WEST), (HOME, EUROPE), filters=("prod",)),
        replicate((HOME, WEST), filters=("web",)),
        replicate((OTHER, WEST), filters=("web",)),
    ]
    home = registry("prod/web", "prod/api", "web", replication_configuration={"rules": rules})
    policy = letting_in(HOME, "ecr:ReplicateImage")
    there = registry("prod/web", account=OTHER, region=WEST, policy=policy)
    west = registry(region=WEST, policy="")
    return Survey(Settings.of(home), Topology((home, there, west)))


def test_every_repository_is_told_with_what_its_destinations_take() -> None:
    found = survey()
    other, europe, west = place(OTHER, WEST), place(HOME, EUROPE), place(HOME, WEST)
    assert [each.outcomes for each in found.repositories] == [
        {other: Outcome.REPLICATED, europe: Outcome.UNKNOWN},
        {other: Outcome.DENIED, europe: Outcome.UNKNOWN},
        {other: Outcome.DENIED, west: Outcome.REPLICATED},
    ]
    assert [each.effective for each in found.repositories] == list(
        settings.effective(found.settings)
    )
    assert found.home == place(HOME, EAST)


def test_every_destination_is_told_with_its_rules_and_its_repositories() -> None:
    assert [(each.destination, each.rules, each.coverage) for each in survey().destinations] == [
        (place(OTHER, WEST), (0, 2), Coverage(permitted=1, denied=2, unknown=0)),
        (place(HOME, EUROPE), (0,), Coverage(permitted=0, denied=0, unknown=2)),
        (place(HOME, WEST), (1,), Coverage(permitted=1, denied=0, unknown=0)),
    ]


def test_of_repositories_that_nobody_told_none_are_counted() -> None:
    configuration = {"rules": [replicate((OTHER, WEST))]}
    home = Registry(HOME, EAST, replication_configuration=configuration)
    there = Registry(OTHER, WEST, policy=letting_in(HOME, "ecr:*"))
    found = Survey(Settings.of(home), Topology((home, there)))
    assert found.repositories == ()
    assert [each.coverage for each in found.destinations] == [None]
