"""What is drawn as valid is accepted by the parsers, and all that there can be comes about."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from ecrpolicy import caching, iam, lifecycle, replication, scanning, tagging
from ecrpolicy.arn import Arn, is_account
from ecrpolicy.caching import CacheRule, Template
from ecrpolicy.iam import Kind, Policy, PolicySet, Request
from ecrpolicy.lifecycle import Action, CountType, LifecyclePolicy, RuleStorageClass, TagStatus
from ecrpolicy.regions import partition_of
from ecrpolicy.replication import ReplicationConfiguration
from ecrpolicy.scanning import ScanningConfiguration
from ecrpolicy.settings import Settings
from ecrpolicy.snapshot import Image, Registry, Repository, StorageClass
from ecrpolicy.testing import strategies
from ecrpolicy.testing.strategies import NOW
from ecrpolicy.wildcard import TagPattern

# A fiftieth of what other properties try: what is drawn is seldom refused by chance.
FEW = settings(max_examples=max(1, settings().max_examples // 50))


# Words


@FEW
@given(tag=strategies.tags(), pattern=st.sampled_from(("prod-*", "*", "*-x", "a*b*c*d*e", "v1")))
def test_tags_are_tags(tag: str, pattern: str) -> None:
    assert tagging.is_image_tag(tag)


@pytest.mark.hypothesis
@pytest.mark.parametrize("pattern", ["prod-*", "*", "*-x", "a*b*c*d*e", "v1", "a" * 120 + "*"])
def test_tags_of_a_pattern_meet_it(pattern: str) -> None:
    @FEW
    @given(strategies.tags(pattern=pattern))
    def meets(tag: str) -> None:
        assert TagPattern.compile(pattern).matches(tag)
        assert tagging.is_image_tag(tag)

    meets()


@FEW
@given(
    digest=strategies.digests(),
    name=strategies.repository_names(),
    below=strategies.repository_names(prefix="team/"),
    account=strategies.account_ids(),
    region=strategies.regions(),
    anywhere=strategies.regions(partition=None),
    arn=strategies.arns(regions=strategies.regions(partition=None)),
)
def test_words_are_what_they_are_called(
    digest: str, name: str, below: str, account: str, region: str, anywhere: str, arn: str
) -> None:
    assert re.fullmatch("sha256:[0-9a-f]{64}", digest)
    assert tagging.is_repository_name(name)
    assert tagging.is_repository_name(below)
    assert below.startswith("team/")
    assert is_account(account)
    assert (partition_of(region), partition_of(anywhere) is None) == ("aws", False)
    read = Arn.read(arn)
    assert read is not None
    assert (read.service, read.partition) == ("ecr", partition_of(read.region))
    assert tagging.is_repository_name(read.resource.removeprefix("repository/"))


# Repositories


@FEW
@given(strategies.repositories())
def test_a_repository_could_be_one(repository: Repository) -> None:
    tags = Counter(tag for image in repository.images for tag in image.tags)
    assert set(tags.values()) <= {1}
    before: set[str] = set()
    for image in repository.images:
        assert set(image.manifests or ()) <= before
        assert not image.has_unknown_children
        assert image.subject != image.digest
        before.add(image.digest)
        times = [image.pushed_at, image.archived_at, image.activated_at]
        told = [time for time in times if time is not None]
        assert told == sorted(told)
        assert max(image.pulled_at or NOW, *told) <= NOW
        is_archived = image.storage_class is StorageClass.ARCHIVE
        assert not (is_archived and image.archived_at is None)


def _kinds_of(repository: Repository) -> set[str]:
    pushed = Counter(image.pushed_at for image in repository.images)
    digests = {image.digest for image in repository.images}
    found = {each.storage_class.value for each in repository.images}
    for name, holds in {
        "a tie": lambda image: pushed[image.pushed_at] > 1,
        "an index": lambda image: bool(image.manifests),
        "an empty index": lambda image: image.is_index and not image.manifests,
        "an index of unknown children": lambda image: image.has_unknown_children,
        "a referrer": lambda image: image.subject in digests,
        "a referrer of what is gone": lambda image: (
            image.subject is not None and image.subject not in digests
        ),
        "a restored image": lambda image: image.activated_at is not None,
        "a pulled image": lambda image: image.pulled_at is not None,
        "several tags": lambda image: len(image.tags) > 1,
        "no tag": lambda image: not image.tags,
        "an old image": lambda image: NOW - image.pushed_at > timedelta(days=90),
        "exactly some days": lambda image: not (NOW - image.pushed_at) % timedelta(days=1),
        "a little more": lambda image: (
            timedelta() < (NOW - image.pushed_at) % timedelta(days=1) < timedelta(minutes=1)
        ),
    }.items():
        if any(map(holds, repository.images)):
            found.add(name)
    return found


def test_all_that_can_stand_in_a_repository_comes_about() -> None:
    seen: set[str] = set()

    @settings(max_examples=80, derandomize=True)
    @given(strategies.repositories(known_children=False, min_images=3, max_images=5))
    def look(repository: Repository) -> None:
        seen.update(_kinds_of(repository))

    look()
    assert seen == {
        *("standard", "archive", "activating", "a tie", "an index", "an empty index"),
        *("an index of unknown children", "a referrer", "a referrer of what is gone"),
        *("a restored image", "a pulled image", "several tags", "no tag", "an old image"),
        *("exactly some days", "a little more"),
    }


THEN = datetime(2020, 2, 29, 12, tzinfo=UTC)


@FEW
@given(
    st.data(),
    strategies.images(
        now=THEN,
        tags=st.just("x"),
        max_tags=1,
        max_age_days=2,
        storage_classes=[StorageClass.ARCHIVE],
    ),
)
def test_options_of_images_are_kept_to(data: st.DataObject, image: Image) -> None:
    assert THEN - timedelta(days=2, hours=1) <= image.pushed_at <= THEN
    assert image.tags in ((), ("x",))
    assert image.storage_class is StorageClass.ARCHIVE
    drawn = strategies.repositories(
        names=st.just("web"), min_images=2, max_images=2, relations=False
    )
    repository = data.draw(drawn)
    assert (repository.name, len(repository.images)) == ("web", 2)
    assert not any(each.subject or each.is_index for each in repository.images)


# Documents


@FEW
@given(strategies.lifecycle_policies())
def test_lifecycle_policies_are_accepted(policy: LifecyclePolicy) -> None:
    assert lifecycle.parse(json.dumps(policy.document())) == policy
    assert lifecycle.parse(policy.document()) == policy


@pytest.mark.parametrize(
    ("statuses", "room"),
    [
        ((TagStatus.ANY,), 2),
        ((TagStatus.UNTAGGED,), 2),
        ((TagStatus.UNTAGGED, TagStatus.ANY), 4),
        ((TagStatus.TAGGED,), None),
        ((TagStatus.TAGGED, TagStatus.ANY), None),
    ],
)
def test_rules_have_the_tag_statuses_that_they_may(
    statuses: tuple[TagStatus, ...], room: int | None
) -> None:
    @FEW
    @given(
        strategies.lifecycle_policies(tag_statuses=statuses),
        strategies.lifecycle_policies(tag_statuses=statuses, min_rules=room or 10, max_rules=10),
    )
    def kept_to(policy: LifecyclePolicy, most: LifecyclePolicy) -> None:
        assert len(most.rules) == room or room is None
        for each in (policy, most):
            assert {rule.selection.tag_status for rule in each.rules} <= set(statuses)

    kept_to()


@settings(max_examples=5)
@given(strategies.lifecycle_policies(min_rules=50, max_rules=50))
def test_the_longest_policies_are_accepted(policy: LifecyclePolicy) -> None:
    assert len(lifecycle.parse(json.dumps(policy.document())).rules) == 50


@FEW
@given(
    strategies.lifecycle_policies(
        actions=[Action.EXPIRE],
        storage_classes=[RuleStorageClass.STANDARD],
        tag_statuses=[TagStatus.TAGGED],
        tags=st.just("prod"),
        min_rules=2,
        max_rules=2,
    )
)
def test_options_of_lifecycle_policies_are_kept_to(policy: LifecyclePolicy) -> None:
    assert len(policy.rules) == 2
    for rule in policy.rules:
        assert rule.action.type is Action.EXPIRE
        assert rule.selection.storage_class is RuleStorageClass.STANDARD
        assert rule.selection.tag_status is TagStatus.TAGGED
        assert all(set(entry) <= set("prod*") for entry in rule.selection.entries)


def test_all_that_can_stand_in_a_lifecycle_policy_comes_about() -> None:
    seen: set[Any] = set()

    @settings(max_examples=80, derandomize=True)
    @given(strategies.lifecycle_policies())
    def look(policy: LifecyclePolicy) -> None:
        for rule in policy.rules:
            selection = rule.selection
            seen.update((rule.action.type, selection.count_type, selection.tag_status))
            seen.add("prefixes" if selection.tag_prefix_list else "no prefixes")
        if list(policy.rules) != list(policy.by_priority):
            seen.add("out of order")

    look()
    assert seen == {*Action, *CountType, *TagStatus, "prefixes", "no prefixes", "out of order"}


@pytest.mark.hypothesis
@pytest.mark.parametrize("kind", Kind)
def test_iam_policies_of_a_kind_are_accepted(kind: Kind) -> None:
    @FEW
    @given(strategies.iam_policies(kind=kind))
    def accepted(policy: Policy) -> None:
        assert policy.kind is kind
        assert iam.parse(json.dumps(policy.document()), kind=kind) == policy
        assert policy.prepared

    accepted()


@FEW
@given(strategies.iam_policies(kind=Kind.REGISTRY, scope="V1"))
def test_registry_policies_of_scope_v1_are_accepted(policy: Policy) -> None:
    assert iam.parse(policy.document(), kind=Kind.REGISTRY, scope="V1") == policy


def test_all_that_can_stand_in_an_iam_policy_comes_about() -> None:
    seen: set[str] = set()

    @settings(max_examples=80, derandomize=True)
    @given(strategies.iam_policies(kind=Kind.RESOURCE))
    def look(policy: Policy) -> None:
        for statement in policy.document()["Statement"]:
            seen.update(statement, {statement["Effect"]})
            for each in ("Principal", "NotPrincipal"):
                seen.update(statement.get(each, ()))

    look()
    assert seen == {
        *("Sid", "Effect", "Allow", "Deny", "Principal", "NotPrincipal", "Action", "NotAction"),
        *("Resource", "NotResource", "Condition", "*", "AWS", "Service", "Federated"),
        "CanonicalUser",
    }


@FEW
@given(strategies.requests(), strategies.policy_sets(max_statements=1))
def test_requests_are_decided_under_policy_sets(request: Request, policies: PolicySet) -> None:
    decision = iam.authorize(request, policies)
    assert decision.allowed in (True, False)


@FEW
@given(
    strategies.requests(
        principals=st.just("codebuild.amazonaws.com"),
        actions=st.just("ecr:PutImage"),
        resources=strategies.arns(accounts=st.just("444455556666")),
    )
)
def test_options_of_requests_are_kept_to(request: Request) -> None:
    assert (request.principal, request.action) == ("codebuild.amazonaws.com", "ecr:PutImage")
    assert request.resource is not None
    assert ":444455556666:" in request.resource


@FEW
@given(
    strategies.replication_configurations(),
    strategies.replication_configurations(
        account="111122223333", region="eusc-de-east-1", max_rules=10
    ),
    strategies.replication_configurations(account="111122223333", region="us-west-2"),
)
def test_replication_configurations_are_accepted(
    anywhere: ReplicationConfiguration,
    europe: ReplicationConfiguration,
    west: ReplicationConfiguration,
) -> None:
    assert replication.parse(anywhere.document()) == anywhere
    home = {"account": "111122223333", "region": "eusc-de-east-1"}
    assert replication.parse(europe.document(), **home) == europe
    assert replication.parse(west.document(), **(home | {"region": "us-west-2"})) == west


@FEW
@given(
    strategies.scanning_configurations(),
    strategies.cache_rules(account="444455556666", region="eu-west-1"),
    strategies.repository_creation_templates(),
)
def test_other_settings_are_accepted(
    scanned: ScanningConfiguration, rule: CacheRule, template: Template
) -> None:
    assert scanning.parse(scanned.document()) == scanned
    home = {"account": "444455556666", "region": "eu-west-1"}
    assert caching.parse_rules([rule.document()], **home) == (rule,)
    assert caching.parse_templates([template.document()]) == (template,)


@FEW
@given(strategies.registries())
def test_registries_are_read(registry: Registry) -> None:
    read = Settings.of(registry)
    assert read.registry == registry
    for repository in registry.repositories:
        if repository.lifecycle_policy:
            lifecycle.parse(repository.lifecycle_policy)
        if repository.policy:
            iam.parse(repository.policy, kind=Kind.REPOSITORY)


@FEW
@given(strategies.callers(accounts=st.just("444455556666")))
def test_callers_can_ask(caller: str) -> None:
    request = Request(principal=caller, action="ecr:GetAuthorizationToken")
    assert request.caller.account in ("444455556666", None)


@settings(max_examples=5)
@given(strategies.iam_policies(kind=Kind.SESSION, max_statements=60))
def test_a_policy_that_would_be_too_long_has_fewer_statements(policy: Policy) -> None:
    text = json.dumps(policy.document(), ensure_ascii=False, separators=(",", ":"))
    assert len(text) <= 2048


# Options that are none


@pytest.mark.parametrize(
    ("strategy", "refusal"),
    [
        (partial(strategies.tags, pattern="a b"), "`pattern` is 'a b'"),
        (partial(strategies.tags, pattern="-*"), "`pattern` is '-*'"),
        (partial(strategies.tags, pattern="a" * 128 + "*"), "leaves tags no room"),
        (partial(strategies.repository_names, prefix="Team/"), "`prefix` is 'Team/'"),
        (partial(strategies.regions, partition="moon"), "known are `aws`"),
        (partial(strategies.images, now=datetime(2026, 1, 1)), "give a datetime with a time zone"),
        (partial(strategies.images, max_tags=-1), "`max_tags` is -1; give 0 or more"),
        (partial(strategies.images, storage_classes=()), "`storage_classes` is empty"),
        (
            partial(strategies.repositories, min_images=3, max_images=2),
            "`min_images` is 3, which is more than `max_images`, 2",
        ),
        (partial(strategies.repositories, max_images=True), "`max_images` is True"),
        (partial(strategies.lifecycle_policies, max_rules=51), "`max_rules` is 51; give 1 to 50"),
        (partial(strategies.lifecycle_policies, min_rules=0), "`min_rules` is 0"),
        (partial(strategies.lifecycle_policies, tag_statuses=()), "`tag_statuses` is empty"),
        (
            partial(strategies.lifecycle_policies, min_rules=3, tag_statuses=[TagStatus.ANY]),
            "`min_rules` is 3, but there is room for 2: ",
        ),
        (
            partial(
                strategies.lifecycle_policies,
                actions=[Action.TRANSITION],
                storage_classes=[RuleStorageClass.ARCHIVE],
            ),
            "the rules of these `actions` and `storage_classes`",
        ),
        (partial(strategies.iam_policies, max_statements=0), "`max_statements` is 0"),
        (partial(strategies.policy_sets, max_statements=0), "`max_statements` is 0"),
        (partial(strategies.replication_configurations, account="1"), "`account` is '1'"),
        (partial(strategies.scanning_configurations, max_filters=0), "give 1 to 100"),
        (partial(strategies.registries, max_repositories=-1), "`max_repositories` is -1"),
    ],
)
def test_options_that_are_none_are_refused(strategy: Callable[[], Any], refusal: str) -> None:
    with pytest.raises(InvalidArgument, match=re.escape(refusal)):
        strategy()


def test_arns_of_unknown_regions_are_refused_when_they_are_drawn() -> None:
    with pytest.raises(InvalidArgument, match="which is no Region that is known"):
        find(strategies.arns(regions=st.just("us-east-9")), lambda _: True)
