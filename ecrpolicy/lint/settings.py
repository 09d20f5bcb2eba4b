"""A registry's settings as rules read them: the document, or what the AWS CLI prints around it."""

from typing import Any, Final, NamedTuple

from ecrpolicy.lint.edit import Path
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.subject import Subject

_MEMBERS: Final = {
    Kind.SCANNING: "scanningConfiguration",
    Kind.REPLICATION: "replicationConfiguration",
}


class Settings(NamedTuple):
    """The value of the settings, and where in the document it stands."""

    value: Any
    path: Path = ()


def settings_of(subject: Subject) -> Settings:
    """The settings of a subject.

    >>> printed = {"registryId": "111122223333", "scanningConfiguration": {"rules": []}}
    >>> settings_of(Subject(Kind.SCANNING, printed))
    Settings(value={'rules': []}, path=('scanningConfiguration',))
    """
    member = _MEMBERS.get(subject.kind)
    if member is not None and isinstance(subject.value, dict) and member in subject.value:
        return Settings(subject.value[member], (member,))
    return Settings(subject.value)
