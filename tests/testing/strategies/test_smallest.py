"""The smallest failing example of known bugs is as small as it can be.

Each bug is an evaluation that goes wrong in one way; the smallest example on which it differs
from the right one is worked out by hand.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ecrpolicy import iam, lifecycle
from ecrpolicy.iam import Element, Kind, Policy, PolicySet, Request, Statement
from ecrpolicy.lifecycle import Action, Age, LifecyclePolicy, Reading, RuleStorageClass, TagStatus
from ecrpolicy.snapshot import Image, Repository
from ecrpolicy.testing import strategies
from ecrpolicy.testing.strategies import NOW

SETTINGS = settings(max_examples=5000, database=None, phases=(Phase.generate, Phase.shrink))
# Of some that were tried, the one by which the bugs come to light with the fewest examples.
SEED = 3
ZERO, ONE = (f"sha256:{number:064x}" for number in range(2))


def smallest(strategy: SearchStrategy[Any], fails: Callable[[Any], bool]) -> Any:
    """The example that Hypothesis ends with."""
    return find(strategy, fails, settings=SETTINGS, random=Random(SEED))


# Without anything to fail


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        (strategies.tags(), "v1"),
        (strategies.tags(pattern="a*b*c"), "a1b1c"),
        (strategies.digests(), ZERO),
        (strategies.repository_names(), "web"),
        (strategies.repository_names(prefix="team/"), "team/web"),
        (strategies.account_ids(), "111122223333"),
        (strategies.regions(), "us-east-1"),
        (strategies.arns(), "arn:aws:ecr:us-east-1:111122223333:repository/web"),
        (strategies.callers(), "arn:aws:iam::111122223333:user/bob"),
        (strategies.images(), Image(ZERO, NOW)),
        (strategies.repositories(), Repository("web", ())),
        (strategies.policy_sets(), PolicySet()),
        (strategies.replication_configurations().map(lambda each: each.document()), {"rules": []}),
        (strategies.scanning_configurations().map(lambda each: each.document()), {}),
        (
            strategies.cache_rules().map(lambda each: each.document()),
            {"ecrRepositoryPrefix": "web", "upstreamRegistryUrl": "quay.io"},
        ),
        (
            strategies.repository_creation_templates().map(lambda each: each.document()),
            {"prefix": "web", "appliedFor": ["PULL_THROUGH_CACHE"]},
        ),
    ],
)
def test_the_smallest_of_all(strategy: SearchStrategy[Any], expected: Any) -> None:
    assert smallest(strategy, lambda _: True) == expected


def test_digests_that_differ_are_small_numbers() -> None:
    several = st.lists(strategies.digests(), unique=True, min_size=3)
    assert smallest(several, lambda _: True) == [f"sha256:{number:064x}" for number in range(3)]


# Lifecycle policies

Case = tuple[LifecyclePolicy, Repository]


def cases(rules: int, images: int, *words: str) -> SearchStrategy[Case]:
    """Policies of some rules, repositories of some images, at most; given words are all tags."""
    tags = st.sampled_from(words) if words else None
    statuses = [TagStatus.TAGGED] if words else list(TagStatus)
    return st.tuples(
        strategies.lifecycle_policies(
            max_rules=rules,
            tags=tags,
            tag_statuses=statuses,
            storage_classes=[RuleStorageClass.STANDARD],
            actions=[Action.EXPIRE],
        ),
        strategies.repositories(
            min_images=1, max_images=images, tags=tags, names=st.just("web"), relations=False
        ),
    )


def gone(policy: LifecyclePolicy, repository: Repository, **reading: Any) -> set[str]:
    """The digests of the images that go."""
    found = lifecycle.evaluate(policy, repository, now=NOW, reading=Reading(**reading))
    return {each.image.digest for each in found.results}


def changed(policy: LifecyclePolicy, change: Callable[[dict[str, Any]], None]) -> LifecyclePolicy:
    """The policy with the selections of its rules changed."""
    document = policy.document()
    for rule in document["rules"]:
        change(rule["selection"])
    return lifecycle.parse(document)


def age_off_by_one(policy: LifecyclePolicy, repository: Repository) -> set[str]:
    """What is exactly as old as the limit goes too."""
    return gone(policy, repository, age=Age.INCLUSIVE)


def count_off_by_one(policy: LifecyclePolicy, repository: Repository) -> set[str]:
    """One more image is kept."""

    def one_more(selection: dict[str, Any]) -> None:
        if selection["countType"] == "imageCountMoreThan":
            selection["countNumber"] += 1

    return gone(changed(policy, one_more), repository)


def prefixes_anywhere(policy: LifecyclePolicy, repository: Repository) -> set[str]:
    """Prefixes are looked for within tags, too."""

    def anywhere(selection: dict[str, Any]) -> None:
        if prefixes := selection.pop("tagPrefixList", None):
            selection["tagPatternList"] = [f"*{prefix}*" for prefix in prefixes]

    return gone(changed(policy, anywhere), repository)


def rules_without_owners(policy: LifecyclePolicy, repository: Repository) -> set[str]:
    """Each rule looks at all images, those too that a rule before it has let be."""
    alone = (lifecycle.parse({"rules": [rule]}) for rule in policy.document()["rules"])
    return {digest for each in alone for digest in gone(each, repository)}


def one_tag_is_enough(policy: LifecyclePolicy, repository: Repository) -> set[str]:
    """Of several patterns, an image need meet the first alone."""

    def first(selection: dict[str, Any]) -> None:
        if patterns := selection.get("tagPatternList"):
            selection["tagPatternList"] = patterns[:1]

    return gone(changed(policy, first), repository)


def restored_images_are_old(policy: LifecyclePolicy, repository: Repository) -> set[str]:
    """An image counts from its push, whether or not it was restored since."""
    images = tuple(replace(each, activated_at=None) for each in repository.images)
    return gone(policy, replace(repository, images=images))


def rule(selection: dict[str, Any], priority: int = 1) -> dict[str, Any]:
    return {"rulePriority": priority, "selection": selection, "action": {"type": "expire"}}


ANY = {"tagStatus": "any"}
KEEP_ONE = {"countType": "imageCountMoreThan", "countNumber": 1}
ONE_DAY = {"countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1}
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("broken", "drawn", "rules", "images"),
    [
        (age_off_by_one, cases(1, 1), [rule(ANY | ONE_DAY)], [Image(ZERO, NOW - DAY)]),
        (
            count_off_by_one,
            cases(1, 2),
            [rule(ANY | KEEP_ONE)],
            [Image(ZERO, NOW), Image(ONE, NOW)],
        ),
        (
            prefixes_anywhere,
            cases(1, 1, "v1", "web-v1"),
            [rule({"tagStatus": "tagged", "tagPrefixList": ["v1"]} | ONE_DAY)],
            [Image(ZERO, NOW - 2 * DAY, ("web-v1",))],
        ),
        # Archived when it was pushed, restored a day later, which is a day ago.
        (
            restored_images_are_old,
            cases(1, 1),
            [rule(ANY | ONE_DAY)],
            [Image(ZERO, NOW - 2 * DAY, archived_at=NOW - 2 * DAY, activated_at=NOW - DAY)],
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_smallest_example_of_a_bug_of_an_evaluation(
    broken: Callable[[LifecyclePolicy, Repository], set[str]],
    drawn: SearchStrategy[Case],
    rules: list[dict[str, Any]],
    images: list[Image],
) -> None:
    policy, repository = smallest(drawn, lambda case: broken(*case) != gone(*case))
    assert policy.document() == {"rules": rules}
    assert repository == Repository("web", tuple(images))


@pytest.mark.parametrize(
    ("broken", "drawn", "rules"),
    [
        (rules_without_owners, cases(2, 1, "v1"), 2),
        (one_tag_is_enough, cases(1, 1, "v1", "v2"), 1),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_bug_is_shown_by_one_image_and_no_rule_too_many(
    broken: Callable[[LifecyclePolicy, Repository], set[str]],
    drawn: SearchStrategy[Case],
    rules: int,
) -> None:
    """Where several examples are as small as each other, any of them may be found."""
    policy, repository = smallest(drawn, lambda case: broken(*case) != gone(*case))
    assert (len(policy.rules), len(repository.images)) == (rules, 1)


# Decisions


def is_allowed(request: Request, policy: Policy) -> bool:
    return iam.authorize(request, PolicySet(identity=(policy,))).allowed


def with_statements(policy: Policy, change: Callable[[Statement], Statement | None]) -> Policy:
    """The policy with its statements changed; those that become None are left out."""
    kept = [new for each in policy.statements if (new := change(each)) is not None]
    return replace(policy, statements=tuple(kept))


def not_action_is_action(request: Request, policy: Policy) -> bool:
    return is_allowed(
        request,
        with_statements(policy, lambda each: replace(each, action=Element(each.action.values))),
    )


def denials_are_ignored(request: Request, policy: Policy) -> bool:
    return is_allowed(
        request, with_statements(policy, lambda each: each if each.effect == "Allow" else None)
    )


def conditions_are_ignored(request: Request, policy: Policy) -> bool:
    return is_allowed(request, with_statements(policy, lambda each: replace(each, conditions=())))


BOB = "arn:aws:iam::111122223333:user/bob"
ALLOW = {"Effect": "Allow", "Action": "*", "Resource": "*"}
NEVER = {"StringEquals": {"aws:PrincipalTag/team": "web"}}


@pytest.mark.parametrize(
    ("broken", "statements"),
    [
        (not_action_is_action, [{"Effect": "Allow", "NotAction": "*", "Resource": "*"}]),
        (denials_are_ignored, [ALLOW, {**ALLOW, "Effect": "Deny"}]),
        (conditions_are_ignored, [{**ALLOW, "Condition": NEVER}]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_smallest_example_of_a_bug_of_a_decision(
    broken: Callable[[Request, Policy], bool], statements: list[dict[str, Any]]
) -> None:
    account = st.just("111122223333")
    drawn = st.tuples(
        strategies.requests(principals=st.just(BOB), accounts=account),
        strategies.iam_policies(
            kind=Kind.IDENTITY, max_statements=len(statements), accounts=account
        ),
    )
    request, policy = smallest(drawn, lambda asked: broken(*asked) != is_allowed(*asked))
    assert policy.document() == {"Version": "2012-10-17", "Statement": statements}
    assert request == Request(
        principal=BOB,
        action="ecr:BatchGetImage",
        resource="arn:aws:ecr:us-east-1:111122223333:repository/web",
    )
