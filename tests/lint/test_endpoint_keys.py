"""The condition keys that only some services have."""

from ecrpolicy.lint.condition_keys import global_key
from ecrpolicy.lint.endpoint_keys import endpoint_keys
from ecrpolicy.lint.facts import installed


def test_they_are_global_keys() -> None:
    for name, key in endpoint_keys().items():
        found = global_key(name)
        assert found is not None
        assert found.name == key.name


def test_ecr_knows_them_all() -> None:
    assert not any(key.lacks("ecr:putimage") for key in endpoint_keys().values())
    assert all(key.lacks("ecr-public:putimage") for key in endpoint_keys().values())


def test_all_are_services() -> None:
    known = {each for key in endpoint_keys().values() for each in key.services}
    assert all(installed().is_service(each) for each in known)
