"""Who may fill a cache."""

from ecrpolicy import caching
from ecrpolicy.iam import Verdict
from tests.iam import accounts
from tests.iam.accounts import ACCOUNT, allow, policy, registry, user

NAME = "quay/team/web"
USER = f"arn:aws:iam::{ACCOUNT}:user/u"
PULL = "ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"
IMPORT, CREATE = "ecr:BatchImportUpstreamImage", "ecr:CreateRepository"


def test_importing_and_creating_are_needed_besides_pulling() -> None:
    may = {
        actions: caching.may_cache(registry(), user(allow(*PULL, *actions)), USER, NAME).allowed
        for actions in ((), (IMPORT,), (CREATE,), (IMPORT, CREATE))
    }
    assert may == {(): False, (IMPORT,): False, (CREATE,): False, (IMPORT, CREATE): True}


def test_a_repository_that_is_there_is_not_created() -> None:
    assert caching.may_cache(registry(), user(allow(*PULL, IMPORT)), USER, "web").allowed


def test_the_policy_of_the_registry_may_grant_it() -> None:
    """The guide's policy for a user, in "Using registry permissions"."""
    granting = policy(
        allow(
            CREATE,
            IMPORT,
            Principal={"AWS": USER},
            Resource=f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/quay/*",
        )
    )
    there = registry(registry_policy=granting)
    assert caching.may_cache(there, user(allow(*PULL)), USER, NAME).allowed
    assert not caching.may_cache(there, user(allow(*PULL)), USER, "k8s/web").allowed


def test_what_identities_grant_needs_no_policy_of_the_registry() -> None:
    answer = caching.may_create(registry(), user(allow("ecr:*")), USER, NAME)
    assert answer.verdict is Verdict.YES
    assert answer.request.resource == f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/{NAME}"
    assert caching.may_create(registry(), user(allow(*PULL)), USER, NAME).verdict is Verdict.NO


def test_who_can_create_the_repository_of_a_name_is_listed() -> None:
    found = caching.who_can_create(registry(), user(allow(CREATE)), NAME)
    assert (found.action, found.resource) == (
        CREATE,
        f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/{NAME}",
    )
    assert USER in {each.name for each in found.certain}
    others = caching.who_can_create(registry(), user(allow(*PULL)), NAME)
    assert USER not in {each.name for each in others.grantees}
    assert accounts.ALICE not in {each.name for each in found.grantees}


def test_who_can_import_is_listed() -> None:
    found = caching.who_can_import(registry(), user(allow(IMPORT)), NAME)
    assert found.action == IMPORT
    assert USER in {each.name for each in found.certain}
    others = caching.who_can_import(registry(), user(allow(CREATE)), NAME)
    assert USER not in {each.name for each in others.grantees}
