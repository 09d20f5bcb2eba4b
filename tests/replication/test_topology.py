"""What a push sets off in other registries."""

import json

import pytest

from ecrpolicy.caching import Cause
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.replication import (
    Coverage,
    Edge,
    NotChained,
    Outcome,
    Replica,
    Topology,
    Verdict,
    coverage,
)
from ecrpolicy.snapshot import Registry, Repository, TagMutability
from ecrpolicy.tagging import Change, TagPush
from tests.builders import digest, image
from tests.registry_builders import (
    EAST,
    EUROPE,
    HOME,
    OTHER,
    WEST,
    Json,
    letting_in,
    place,
    registry,
    replicate,
    replicating,
    template,
)

REPLICATE, CREATE = "ecr:ReplicateImage", "ecr:CreateRepository"
HERE, THERE = place(HOME, EAST), place(OTHER, WEST)


def there(*repositories: str | Repository, **settings: object) -> Registry:
    """The registry of another account, which lets ours in unless it says otherwise."""
    about = {"policy": letting_in(HOME, REPLICATE, CREATE), **settings}
    return registry(*repositories, account=OTHER, region=WEST, **about)


def replica(destination: Registry | None, name: str = "web", *tags: str, **push: str) -> Replica:
    """What a push of an image becomes at a destination that is named by one rule."""
    given = () if destination is None else (destination,)
    topology = Topology((replicating(replicate((OTHER, WEST))), *given))
    [found] = topology.push(HERE, name, tags=tags, digest=push.get("digest")).replicas
    assert found.destination == THERE
    return found


# What becomes of a replica


def test_an_image_is_replicated_into_a_repository_that_is_there() -> None:
    found = replica(there("web"), "web", "v1")
    assert (found.outcome, found.creates_repository) == (Outcome.REPLICATED, False)
    assert [(each.action, each.verdict) for each in found.permissions] == [
        (REPLICATE, Verdict.ALLOWED)
    ]
    assert (found.kept_tags, found.dropped_tags) == (("v1",), ())
    assert found.new_repository is None
    assert found.reason == "its registry policy allows it"


def test_a_repository_that_is_missing_is_created() -> None:
    found = replica(there("api"), "web", "v1")
    assert (found.outcome, found.creates_repository) == (Outcome.REPLICATED, True)
    assert [each.action for each in found.permissions] == [REPLICATE, CREATE]
    assert found.new_repository is not None
    assert found.new_repository.cause is Cause.REPLICATION
    assert found.new_repository.template is None


def test_settings_are_those_of_the_template_there_and_not_those_of_the_source() -> None:
    templates = [
        template("team", "REPLICATION", imageTagMutability="IMMUTABLE"),
        template("ROOT", "PULL_THROUGH_CACHE"),
    ]
    destination = there(repository_creation_templates=tuple(templates))
    home = registry(
        Repository("team/web", images=(), image_tag_mutability=TagMutability.MUTABLE),
        replication_configuration={"rules": [replicate((OTHER, WEST))]},
    )
    [found] = Topology((home, destination)).push(HERE, "team/web", tags=("v1",)).replicas
    assert found.new_repository is not None
    assert found.new_repository.image_tag_mutability is TagMutability.IMMUTABLE
    assert found.new_repository.template is not None
    assert found.new_repository.template.prefix == "team"
    assert found.tags == (TagPush("v1", Change.NEW, immutable=True),)


def test_creating_must_be_permitted_where_the_repository_is_missing() -> None:
    policy = letting_in(HOME, REPLICATE)
    assert replica(there("web", policy=policy)).outcome is Outcome.REPLICATED
    denied = replica(there(policy=policy), "web", "v1")
    assert (denied.outcome, denied.creates_repository) == (Outcome.DENIED, False)
    assert denied.reason == (
        "`ecr:CreateRepository`: its registry policy does not allow `ecr:CreateRepository` to "
        "account 111122223333"
    )
    assert (denied.kept_tags, denied.dropped_tags, denied.new_repository) == ((), (), None)


def test_a_policy_that_is_not_known_leaves_the_outcome_open() -> None:
    found = replica(there("web", policy=None), "web", "v1")
    assert (found.outcome, found.creates_repository) == (Outcome.UNKNOWN, False)
    assert found.reason == (
        "`ecr:ReplicateImage`: the registry policy of 444455556666 us-west-2 is not known"
    )
    assert found.kept_tags == ("v1",)


def test_a_registry_that_is_not_given_leaves_everything_open() -> None:
    found = replica(None, "web", "v1", "v2")
    assert (found.outcome, found.creates_repository) == (Outcome.UNKNOWN, None)
    assert found.permissions == ()
    assert found.kept_tags == ("v1", "v2")
    assert [each.change for each in found.tags] == [Change.UNKNOWN, Change.UNKNOWN]
    assert [(each.immutable, each.allowed) for each in found.tags] == [(None, None)] * 2
    assert found.reason == "the registry 444455556666 us-west-2 is not given"


@pytest.mark.parametrize(
    ("policy", "outcome"),
    [
        (letting_in(HOME, REPLICATE, CREATE), Outcome.REPLICATED),
        (letting_in(HOME, REPLICATE), Outcome.UNKNOWN),
        (letting_in(HOME, CREATE), Outcome.DENIED),
        ("", Outcome.DENIED),
        (None, Outcome.UNKNOWN),
    ],
)
def test_where_no_repository_is_listed_it_may_have_to_be_created(
    policy: str | None, outcome: Outcome
) -> None:
    """What both would be permitted, or neither, does not hang on it."""
    found = replica(Registry(OTHER, WEST, policy=policy), "web", "v1")
    assert [each.action for each in found.permissions] == [REPLICATE, CREATE]
    assert found.outcome is outcome
    if outcome is not Outcome.DENIED:
        assert (found.creates_repository, found.new_repository) == (None, None)
        assert [each.change for each in found.tags] == [Change.UNKNOWN]
        assert [(each.immutable, each.allowed) for each in found.tags] == [(None, None)]


def test_what_hangs_on_whether_the_repository_is_there_is_told() -> None:
    found = replica(Registry(OTHER, WEST, policy=letting_in(HOME, REPLICATE)))
    assert found.reason == (
        "`ecr:CreateRepository`: its registry policy does not allow `ecr:CreateRepository` to "
        "account 111122223333; whether the repository is there is not known"
    )
    untold = replica(Registry(OTHER, WEST, policy=letting_in(HOME, CREATE)))
    assert untold.reason == (
        "`ecr:ReplicateImage`: its registry policy does not allow `ecr:ReplicateImage` to account "
        "111122223333"
    )


def test_a_condition_that_nobody_knows_leaves_the_outcome_open() -> None:
    policy = json.loads(letting_in(HOME, REPLICATE, CREATE))
    policy["Statement"][0]["Condition"] = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    found = replica(there("web", policy=json.dumps(policy)), "web", "v1")
    assert (found.outcome, found.creates_repository) == (Outcome.UNKNOWN, False)
    assert found.kept_tags == ("v1",)
    assert found.reason.startswith(
        "`ecr:ReplicateImage`: the context key `aws:PrincipalOrgID` is not known: "
    )


def test_a_tag_that_is_immutable_and_taken_there_is_left_out() -> None:
    repository = Repository(
        "web",
        (image("a", "v1", "v2"), image("b", "latest")),
        image_tag_mutability=TagMutability.IMMUTABLE_WITH_EXCLUSION,
        image_tag_mutability_exclusion_filters=("latest",),
    )
    found = replica(there(repository), "web", "v1", "latest", "v3")
    assert found.outcome is Outcome.REPLICATED
    assert found.kept_tags == ("latest", "v3")
    assert found.dropped_tags == ("v1",)
    assert [each.change for each in found.tags] == [Change.REFUSED, Change.MOVED, Change.NEW]
    same = replica(there(repository), "web", "v1", "v2", digest=digest("a"))
    assert (same.kept_tags, same.dropped_tags) == (("v1", "v2"), ())


# What is and is not set off


def test_rules_and_filters_that_chose_a_replica_are_told() -> None:
    home = replicating(
        replicate((HOME, WEST), filters=("we",), deleteReplication={"enabled": True}),
        replicate((HOME, WEST), (HOME, EUROPE)),
        replicate((OTHER, WEST), filters=("prod",)),
    )
    found = Topology((home,)).push(HERE, "web")
    assert (found.repository, found.is_replica) == ("web", False)
    assert [
        (str(each.destination), each.choice.rules, each.choice.filters) for each in found.replicas
    ] == [
        (f"{HOME} {WEST}", (0, 1), ("we", "")),
        (f"{HOME} {EUROPE}", (1,), ("",)),
    ]
    assert [each.choice.carries_deletions for each in found.replicas] == [True, False]
    assert [each.destination for each in found.not_chosen] == [THERE]


def test_an_image_that_arrived_by_replication_is_not_replicated_on() -> None:
    """The guide's example: from us-west-2 to us-east-1, and from there to us-east-2."""
    west = replicating(replicate((HOME, EAST)), region=WEST)
    rules = replicate((HOME, "us-east-2")), replicate((HOME, WEST), filters=("prod",))
    topology = Topology((west, replicating(*rules, policy="")))
    pushed = topology.push(place(HOME, WEST), "web")
    assert [each.destination for each in pushed.replicas] == [HERE]
    assert pushed.not_chained == (NotChained(HERE, place(HOME, "us-east-2")),)
    arrived = topology.push(HERE, "web", is_replica=True)
    assert (arrived.repository, arrived.is_replica) == ("web", True)
    assert (arrived.replicas, arrived.not_chosen, arrived.not_chained) == ((), (), ())
    assert [str(each.destination) for each in topology.push(HERE, "web").replicas] == [
        "111122223333 us-east-2"
    ]


def test_where_an_image_does_not_arrive_nothing_would_be_sent_on() -> None:
    onward = {"replication_configuration": {"rules": [replicate((OTHER, EAST))]}}
    for policy, expected in ((letting_in(HOME, "ecr:*"), 1), ("", 0), (None, 0)):
        destination = there("web", policy=policy, **onward)
        topology = Topology((replicating(replicate((OTHER, WEST))), destination))
        assert len(topology.push(HERE, "web").not_chained) == expected


def test_a_registry_without_configuration_replicates_nothing() -> None:
    configurations: tuple[Json | None, ...] = (None, {})
    for configuration in configurations:
        home = registry("web", replication_configuration=configuration)
        found = Topology((home,)).push(HERE, "web")
        assert (found.replicas, found.not_chosen) == ((), ())


# The graph


def test_every_rule_leads_to_each_of_its_destinations_once() -> None:
    home = replicating(
        replicate((HOME, WEST), (OTHER, WEST), (HOME, WEST)),
        replicate((HOME, WEST), filters=("prod", "te"), deleteReplication={"enabled": True}),
    )
    other = there(replication_configuration={"rules": [replicate((HOME, EAST))]})
    topology = Topology((home, other))
    assert topology.edges == (
        Edge(HERE, place(HOME, WEST), 0, (), False, False, False),
        Edge(HERE, THERE, 0, (), False, True, True),
        Edge(HERE, place(HOME, WEST), 1, ("prod", "te"), True, False, False),
        Edge(THERE, HERE, 0, (), False, True, True),
    )
    assert topology.places == (HERE, THERE, place(HOME, WEST))


def test_a_walk_tells_how_many_steps_away_each_registry_is_and_ends_in_circles() -> None:
    a, b, c, d = (place(HOME, each) for each in (EAST, WEST, EUROPE, "eu-west-2"))
    topology = Topology(
        (
            replicating(replicate((HOME, WEST), (HOME, EUROPE)), region=EAST),
            replicating(replicate((HOME, EUROPE), (HOME, EAST)), region=WEST),
            replicating(replicate((HOME, "eu-west-2"), (HOME, EAST)), region=EUROPE),
        )
    )
    assert list(topology.walk(a)) == [(b, 1), (c, 1), (d, 2)]
    assert list(topology.walk(b)) == [(c, 1), (a, 1), (d, 2)]
    assert list(topology.walk(d)) == []


def test_a_registry_is_found_by_its_place() -> None:
    home = registry("web")
    topology = Topology((home,))
    assert topology.registry(HERE) is home
    assert topology.registry(THERE) is None
    assert topology.configuration(THERE).rules == ()


def test_a_registry_stands_once() -> None:
    message = "^a registry is given twice: give each account and Region once$"
    with pytest.raises(ValueError, match=message):
        Topology((registry("web"), registry("api")))


def test_settings_that_are_none_are_refused_at_once() -> None:
    with pytest.raises(InvalidPolicy):
        Topology((replicating(replicate((HOME, EAST))),))
    with pytest.raises(InvalidPolicy):
        Topology((registry(repository_creation_templates=({"prefix": "a"},)),))


def test_registries_may_be_given_as_any_sequence() -> None:
    assert Topology([registry("web")]).registries == (registry("web"),)  # type: ignore[arg-type]


# Many repositories


def test_the_outcome_for_a_name_is_that_of_a_push() -> None:
    policy = letting_in(HOME, REPLICATE)
    home = replicating(replicate((OTHER, WEST), (HOME, WEST), (HOME, EUROPE)))
    topology = Topology((home, there("web", policy=policy), registry(region=WEST, policy="")))
    for name, expected in (("web", Outcome.REPLICATED), ("api", Outcome.DENIED)):
        pushed = {each.destination: each.outcome for each in topology.push(HERE, name).replicas}
        assert pushed[THERE] is expected
        assert pushed == {each: topology.outcome(HERE, each, name) for each in pushed}
    assert topology.outcome(HERE, place(HOME, EUROPE), "web") is Outcome.UNKNOWN
    assert topology.outcome(HERE, place(HOME, WEST), "api") is Outcome.REPLICATED


def test_from_and_to_a_registry_that_is_not_given_nothing_is_known() -> None:
    topology = Topology((there("web"),))
    assert topology.outcome(HERE, THERE, "web") is Outcome.UNKNOWN
    assert topology.outcome(THERE, HERE, "web") is Outcome.UNKNOWN
    assert topology.passage(THERE, HERE) is None


def test_coverage_counts_the_repositories_that_a_rule_chooses() -> None:
    rules = [replicate((OTHER, WEST), filters=("prod",)), replicate((OTHER, WEST), (HOME, WEST))]
    home = registry(*("prod/web", "prod/api", "web"), replication_configuration={"rules": rules})
    policy = letting_in(HOME, REPLICATE)
    topology = Topology((home, there("prod/web", policy=policy)))
    found = [coverage(topology, edge) for edge in topology.edges]
    assert found == [Coverage(1, 1, 0), Coverage(1, 2, 0), Coverage(0, 0, 3)]
    assert [each.repositories for each in found] == [2, 3, 3]


def test_what_many_edges_ask_is_found_once() -> None:
    """A rule has an edge to each of its destinations, and many rules lead to the same."""
    home = registry("web", replication_configuration={"rules": [replicate((OTHER, WEST))]})
    topology = Topology((home, there("web")))
    assert topology.chosen(HERE, 0) == ("web",)
    assert topology.chosen(HERE, 0) is topology.chosen(HERE, 0)
    assert topology.passage(HERE, THERE) is topology.passage(HERE, THERE)


def test_a_rule_that_is_not_there_cannot_be_asked() -> None:
    topology = Topology((replicating(replicate((OTHER, WEST))),))
    for asked, rule in ((HERE, 1), (THERE, 0)):
        with pytest.raises(LookupError):
            topology.chosen(asked, rule)
