"""The invariants about requests say what trying hundreds of requests says."""

from random import Random

import pytest

from ecrpolicy.iam import Request
from ecrpolicy.testing import invariants
from ecrpolicy.testing.invariants import AddedRequest, AllowedRequest
from tests.testing.invariants import brute_everywhere
from tests.testing.invariants import brute_requests as brute
from tests.testing.invariants.brute_requests import REPOSITORIES, allowed, is_own_root

ON = REPOSITORIES + "*"


@pytest.fixture(scope="module")
def requests() -> list[Request]:
    return Random(0).sample(brute.requests(), 900)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_never_allowed(requests: list[Request], seed: int) -> None:
    random = Random(seed)
    policies = brute.random_policies(random)
    who = random.choice(brute.WHO)
    action = random.choice(("ecr:*", "ecr:PutImage", "ecr:*Image"))
    result = invariants.never_allows(policies, action=action, principal=who, resource=ON)
    assert result.is_complete or not result.holds
    tried = [
        each
        for each in requests
        if who.has(each) and (action == "ecr:*" or each.action != "ecr:GetAuthorizationToken")
        if action != "ecr:PutImage" or each.action == action
        if each.resource is not None and not is_own_root(each)
    ]
    if result.counterexample is None:
        assert not any(allowed(each, policies) for each in tried)
        assert result.holds
    else:
        assert isinstance(result.counterexample, AllowedRequest)
        found = result.counterexample.decision.request
        assert who.has(found)
        assert found.resource is not None
        assert found.resource.startswith(REPOSITORIES)
        assert allowed(found, policies)
        fewest = [len(told(each)) for each in tried if allowed(each, policies)]
        assert len(told(found)) <= min(fewest, default=9)


@pytest.mark.parametrize("seed", range(40))
def test_what_was_not_allowed_before(requests: list[Request], seed: int) -> None:
    random = Random(seed + 500)
    new, old = brute.random_policies(random), brute.random_policies(random)
    if random.random() < 0.3:
        old = new
    result = invariants.allows_at_most(new, old, resource=ON)
    tried = [each for each in requests if each.resource is not None]
    if result.counterexample is None:
        assert not any(allowed(each, new) and not allowed(each, old) for each in tried)
        assert result.holds
    else:
        assert isinstance(result.counterexample, AddedRequest)
        found = result.counterexample.new.request
        assert allowed(found, new)
        assert not allowed(found, old)


def told(request: Request) -> list[str]:
    """The context keys that a request has."""
    return [key for key, value in request.context.items() if value]


@pytest.fixture(scope="module")
def everywhere() -> list[Request]:
    random = Random(1)
    return [brute_everywhere.random_request(random) for _ in range(1_500)]


@pytest.mark.parametrize("seed", range(60))
def test_in_several_accounts_and_regions(everywhere: list[Request], seed: int) -> None:
    random = Random(seed)
    policies, old = (brute_everywhere.random_policies(random) for _ in range(2))
    who = random.choice(brute_everywhere.WHO)
    is_compared = random.random() < 0.4

    def breaks(request: Request) -> bool:
        if not (who.has(request) and brute_everywhere.allowed(request, policies)):
            return False
        if is_compared:
            return not brute_everywhere.allowed(request, old)
        return not brute_everywhere.is_own_root(request)

    if is_compared:
        result = invariants.allows_at_most(policies, old, principal=who)
    else:
        result = invariants.never_allows(policies, action="ecr:*", principal=who)
    match result.counterexample:
        case None:
            assert not (result.is_complete and any(map(breaks, everywhere)))
        case AddedRequest() as found:
            assert breaks(found.new.request)
        case found:
            assert isinstance(found, AllowedRequest)
            assert breaks(found.decision.request)
