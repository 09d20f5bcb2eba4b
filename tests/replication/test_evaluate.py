"""Where the images of a repository are replicated to."""

from datetime import timedelta

from ecrpolicy import replication
from ecrpolicy.replication import Choice, NotChosen, Selection, is_carried
from tests.builders import ago, image
from tests.registry_builders import EAST, EUROPE, HOME, OTHER, WEST, Json, place, replicate


def selected(name: str, *rules: Json) -> Selection:
    return replication.evaluate(replication.parse({"rules": list(rules)}), name)


def test_without_rules_nothing_is_replicated() -> None:
    assert selected("web") == Selection("web", (), ())


def test_a_rule_without_filters_chooses_every_repository() -> None:
    assert selected("web", replicate((HOME, WEST))).chosen == (
        Choice(place(HOME, WEST), (0,), ("",)),
    )


def test_a_filter_is_the_beginning_of_a_name() -> None:
    rule = replicate((HOME, WEST), filters=("prod",))
    for name in ("prod", "prod-web", "production/web", "prod/web"):
        assert [each.filters for each in selected(name, rule).chosen] == [("prod",)]
    for name in ("web-prod", "web/prod", "pro", "PROD"):
        assert selected(name, rule).chosen == ()


def test_the_first_filter_of_a_rule_that_is_met_is_told() -> None:
    rule = replicate((HOME, WEST), filters=("web", "prod/", "prod"))
    assert selected("prod/web", rule).chosen[0].filters == ("prod/",)


def test_a_destination_of_several_rules_is_chosen_once_and_names_them_all() -> None:
    found = selected(
        "prod/web",
        replicate((HOME, WEST), (OTHER, EAST), filters=("prod",)),
        replicate((HOME, EUROPE), (HOME, WEST), filters=("web",)),
        replicate((HOME, WEST), (HOME, WEST)),
    )
    assert found.chosen == (
        Choice(place(HOME, WEST), (0, 2), ("prod", "")),
        Choice(place(OTHER, EAST), (0,), ("prod",)),
    )
    assert found.not_chosen == (
        NotChosen(
            place(HOME, EUROPE),
            (1,),
            "rule 1: `prod/web` starts with none of its filters (`web`)",
        ),
    )


def test_why_no_rule_has_chosen_a_destination_is_said_of_each_that_names_it() -> None:
    [found] = selected(
        "web",
        replicate((HOME, WEST), filters=("prod", "test")),
        replicate((HOME, WEST), filters=("api",)),
    ).not_chosen
    assert found.rules == (0, 1)
    assert found.reason == (
        "rule 0: `web` starts with none of its filters (`prod`, `test`); "
        "rule 1: `web` starts with none of its filters (`api`)"
    )


def test_deletions_are_carried_where_one_of_the_rules_that_choose_says_so() -> None:
    carrying: Json = {"deleteReplication": {"enabled": True}}
    silent: Json = {"deleteReplication": {"enabled": False}}
    found = selected(
        "web",
        replicate((HOME, WEST), (HOME, EUROPE)),
        replicate((HOME, WEST), **carrying),
        replicate((HOME, EUROPE), filters=("prod",), **carrying),
        replicate((OTHER, EAST), **silent),
    )
    assert {str(each.destination): each.carries_deletions for each in found.chosen} == {
        f"{HOME} {WEST}": True,
        f"{HOME} {EUROPE}": False,
        f"{OTHER} {EAST}": False,
    }


def test_destinations_stand_in_the_order_of_the_configuration() -> None:
    configuration = replication.parse(
        {
            "rules": [
                replicate((OTHER, WEST), (HOME, WEST)),
                replicate((HOME, WEST), (HOME, EUROPE)),
            ]
        }
    )
    assert configuration.destinations == (
        place(OTHER, WEST),
        place(HOME, WEST),
        place(HOME, EUROPE),
    )


def test_the_example_of_the_guide_sends_prod_west_and_test_east() -> None:
    """Amazon ECR User Guide, "Example: Specifying multiple rules in a configuration"."""
    rules = (
        replicate((HOME, "us-west-2"), filters=("prod",)),
        replicate((HOME, "us-east-2"), filters=("test",)),
    )
    regions = {
        name: [each.destination.region for each in selected(name, *rules).chosen]
        for name in ("prod/web", "test/web", "web")
    }
    assert regions == {"prod/web": ["us-west-2"], "test/web": ["us-east-2"], "web": []}


def test_what_was_there_before_is_not_replicated() -> None:
    assert is_carried(image("a", days=10), since=ago(10))
    assert not is_carried(image("a", days=10), since=ago(10) + timedelta.resolution)
    restored = image("a", days=400, activated_at=ago(10))
    assert is_carried(restored, since=ago(10))
    assert not is_carried(restored, since=ago(9))
