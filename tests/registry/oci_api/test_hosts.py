"""Which registry a host stands for (Amazon ECR User Guide, "Amazon ECR private registry")."""

import pytest

from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.oci_api.hosts import is_host, place_of
from ecrpolicy.registry.place import Place

HOME = Place("111122223333", "us-east-1")


@pytest.mark.parametrize(
    ("host", "account", "region"),
    [
        ("444455556666.dkr.ecr.eu-west-1.amazonaws.com", "444455556666", "eu-west-1"),
        ("444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn", "444455556666", "cn-north-1"),
        ("444455556666.dkr.ecr.us-iso-east-1.c2s.ic.gov", "444455556666", "us-iso-east-1"),
        ("444455556666.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "444455556666", "us-gov-west-1"),
        ("444455556666.dkr-ecr.us-west-2.on.aws", "444455556666", "us-west-2"),
        ("444455556666.dkr.ecr.us-west-2.localhost", "444455556666", "us-west-2"),
        ("444455556666.dkr.ecr.us-west-2.localhost:5000", "444455556666", "us-west-2"),
        ("444455556666.DKR.ECR.us-west-2.Localhost:5000", "444455556666", "us-west-2"),
    ],
)
def test_names_of_registries(host: str, account: str, region: str) -> None:
    assert place_of(host, HOME) == Place(account, region)


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "localhost:5000", "127.0.0.1:5000", "[::1]:5000", "registry.localhost:5000"),
        *("registry:5000", "", "..", "4444.dkr.ecr.us-west-2.localhost", "\u00e9"),
    ],
)
def test_every_other_name_is_the_default_registry(host: str) -> None:
    assert place_of(host, HOME) == HOME


def test_a_region_that_is_none_has_no_registry() -> None:
    with pytest.raises(Problem, match="there is no Region `mars-1`") as raised:
        place_of("444455556666.dkr.ecr.mars-1.localhost", HOME)
    assert (raised.value.status, raised.value.code) == (404, "NAME_UNKNOWN")


@pytest.mark.parametrize("text", ["localhost", "localhost:5000", "[::1]:5000", "a.b-c_d:1"])
def test_what_is_a_host(text: str) -> None:
    assert is_host(text)


@pytest.mark.parametrize("text", ["", 'a"b', "a b", "a\n", "a:port", "a/b", "a,b", "a:123456"])
def test_what_is_no_host(text: str) -> None:
    assert not is_host(text)
