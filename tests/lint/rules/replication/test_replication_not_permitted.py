"""A destination that does not let the registry in."""

import json
from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.snapshot import Registry, Repository
from tests.iam.builders import HERE, THERE, document, statement
from tests.lint.rules.replication.builders import configuration, replicates, to
from tests.lint.tables import Case, message, passes, table, trips

RULE = "replication-not-permitted"
PLACE = "/rules/0/destinations/0"
SOURCE = Registry(HERE, "us-east-1", repositories=(Repository("web"), Repository("api")))
ACROSS = to("us-east-1", THERE)


def there(
    *actions: str, policy: str | None = None, repositories: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The two registries; the other one allows some actions."""
    if policy is None:
        allowed = statement(Action=list(actions), Principal={"AWS": HERE}, Resource="*")
        policy = json.dumps(document(allowed))
    names = tuple(map(Repository, repositories))
    other = Registry(THERE, "us-east-1", policy=policy, repositories=names)
    return {"registry": SOURCE, "others": (other,)}


BOTH = ("ecr:ReplicateImage", "ecr:CreateRepository")


@table(
    trips("no policy", configuration(replicates(ACROSS)), PLACE, **there(policy="")),
    trips("not created", configuration(replicates(ACROSS)), PLACE, **there(BOTH[0])),
    trips(
        "one is not there",
        configuration(replicates(ACROSS)),
        PLACE,
        **there(BOTH[0], repositories=("web",)),
    ),
    trips(
        "the second destination",
        configuration(replicates(to(), ACROSS, filters=["web"])),
        "/rules/0/destinations/1",
        **there(policy=""),
    ),
    passes("allowed", configuration(replicates(ACROSS)), **there(*BOTH)),
    passes(
        "all are there",
        configuration(replicates(ACROSS)),
        **there(BOTH[0], repositories=("web", "api")),
    ),
    passes(
        "the one that is chosen is there",
        configuration(replicates(ACROSS, filters=["web"])),
        **there(BOTH[0], repositories=("web",)),
    ),
    passes(
        "no repository is chosen",
        configuration(replicates(ACROSS, filters=["db"])),
        **there(policy=""),
    ),
    passes("the same account", configuration(replicates(to())), **there(policy="")),
    passes(
        "of that registry nothing is known",
        configuration(replicates(to("us-west-2", THERE))),
        **there(policy=""),
    ),
    passes("its policy is no policy", configuration(replicates(ACROSS)), **there(policy="{")),
    passes("no snapshot", configuration(replicates(ACROSS)), registry=SOURCE),
    passes(
        "not of this registry", configuration(replicates(ACROSS)), others=there(policy="")["others"]
    ),
    passes("unknown", configuration(replicates(to(UNKNOWN, THERE))), **there(policy="")),
    passes(
        "there may be filters",
        configuration(replicates(ACROSS) | {"repositoryFilters": [UNKNOWN]}),
        **there(policy=""),
    ),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, configuration(replicates(ACROSS)), **there(BOTH[0])) == (
        "`444455556666 us-east-1` does not let this registry take `ecr:CreateRepository` on `web`: "
        "it is not replicated; allow it to `arn:aws:iam::111122223333:root` in the registry policy "
        "there"
    )


def test_a_policy_that_is_not_known_is_not_guessed_at() -> None:
    other = Registry(THERE, "us-east-1")
    case = passes("", configuration(replicates(ACROSS)), registry=SOURCE, others=(other,))
    assert case.places(RULE) == []
