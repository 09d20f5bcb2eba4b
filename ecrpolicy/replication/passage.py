"""What becomes of the images of one registry in another: which arrive, and which cannot."""

from enum import StrEnum

from ecrpolicy.replication.permission import CREATE, REPLICATE, Entrance, Permission, Verdict
from ecrpolicy.snapshot import Registry, Repository


class Outcome(StrEnum):
    """What becomes of a replica."""

    REPLICATED = "REPLICATED"
    DENIED = "DENIED"
    UNKNOWN = "UNKNOWN"


_OUTCOMES = {
    Verdict.ALLOWED: Outcome.REPLICATED,
    Verdict.DENIED: Outcome.DENIED,
    Verdict.UNKNOWN: Outcome.UNKNOWN,
}


class Passage:
    """From one registry into another, for many repositories: alike ones are judged once.

    >>> home = Registry("111122223333", "us-east-1")
    >>> there = Registry("444455556666", "eu-west-1", policy="")
    >>> Passage(home, there).outcome("web").value
    'DENIED'
    """

    def __init__(self, source: Registry, destination: Registry) -> None:
        self._entrance = Entrance(source, destination)
        self._outcomes: dict[str, Outcome] = {}
        self._alike: dict[tuple[bool | None, tuple[bool, ...]], Outcome] = {}

    @property
    def knows_repositories(self) -> bool:
        """Whether it is told which repositories the destination has."""
        return not self._entrance.destination.has_unknown_repositories

    def repository(self, name: str) -> Repository | None:
        """The repository of the destination, None where there is none, or none is told."""
        return self._entrance.repositories.get(name)

    def is_there(self, name: str) -> bool | None:
        """Whether the destination has a repository; None where that is not known."""
        return self._entrance.is_there(name)

    def outcome(self, name: str) -> Outcome:
        """What becomes of the images of a repository."""
        found = self._outcomes.get(name)
        if found is None:
            found = self._outcomes[name] = self._judged_alike(name)
        return found

    def permissions(self, name: str) -> tuple[Permission, ...]:
        """What is needed; a repository that is missing, or may be, has to be created."""
        needed = (REPLICATE,) if self.is_there(name) else (REPLICATE, CREATE)
        return tuple(self._entrance.permission(action, name) for action in needed)

    def reason(self, permissions: tuple[Permission, ...]) -> str:
        """Why that becomes of the images, by what is needed: one refusal is enough."""
        is_sure = self.knows_repositories
        denied = [each for each in permissions if each.verdict is Verdict.DENIED]
        refused = [each for each in denied if is_sure or each.action == REPLICATE]
        unknown = [each for each in permissions if each.verdict is Verdict.UNKNOWN]
        for each in (*refused, *unknown):
            return f"`{each.action}`: {each.reason}"
        for each in denied:
            return f"`{each.action}`: {each.reason}; whether the repository is there is not known"
        return permissions[0].reason

    def _judged_alike(self, name: str) -> Outcome:
        alike = self._entrance.alike(name)
        if alike is None:
            return self._judged(name)
        key = self._entrance.is_there(name), alike
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = self._judged(name)
        return found

    def _judged(self, name: str) -> Outcome:
        """Where it is not known whether a repository has to be created, that may be denied."""
        replicate = self._entrance.verdict(REPLICATE, name)
        is_there = self._entrance.is_there(name)
        if is_there or replicate is Verdict.DENIED:
            return _OUTCOMES[replicate]
        create = self._entrance.verdict(CREATE, name)
        if create is Verdict.DENIED:
            return Outcome.DENIED if is_there is False else Outcome.UNKNOWN
        return _OUTCOMES[replicate if create is Verdict.ALLOWED else create]
