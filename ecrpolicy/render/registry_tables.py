"""The tables about a registry, for text and markdown: what stands in their columns and rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ecrpolicy.render import registry_words as words
from ecrpolicy.replication import Coverage
from ecrpolicy.settings import Survey, Surveyed, usage
from ecrpolicy.settings.unknown import REPLICATION
from ecrpolicy.wording import repositories


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and whether numbers stand in it.

    `share` is how much of the width it has at most, in percent: what is longer is folded. Without,
    it is as wide as what stands in it; the first column has what the others leave.
    """

    name: str
    is_number: bool = False
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what stands below it; `title` is empty where the page's heading is enough."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    notes: tuple[str, ...] = ()


_REPOSITORIES: Final = (
    Column("repository"),
    Column("scanning"),
    Column("replicas"),
    Column("cache", share=10),
    Column("template", share=10),
    Column("tags"),
    Column("images", is_number=True),
)
_DESTINATIONS: Final = (
    Column("destination"),
    Column("rules", share=10),
    Column("repositories", is_number=True),
    Column("permitted", is_number=True),
    Column("denied", is_number=True),
    Column("not known", is_number=True),
)
_QUOTAS: Final = (
    Column("quota"),
    Column("used", is_number=True),
    Column("of", is_number=True),
    Column("in 2023", is_number=True),
    Column("used most by", share=30),
)
_EXCLUDED: Final = "* but for tags that meet an exclusion filter"
_OVER: Final = "! more than the quota has"


def tables(survey: Survey, rows: int | None) -> Iterator[Table]:
    """What the settings come to; `rows` of the repositories at most, or all of them."""
    yield _repositories(survey, rows)
    if survey.destinations and REPLICATION not in survey.settings.unknown:
        yield _destinations(survey)
    yield _quotas(survey)


def _repositories(survey: Survey, rows: int | None) -> Table:
    if survey.settings.registry.has_unknown_repositories:
        return Table("", _REPOSITORIES, [(words.UNKNOWN,) * len(_REPOSITORIES)])
    shown = [_repository(each) for each in survey.repositories[:rows]]
    notes = []
    if left_out := len(survey.repositories) - len(shown):
        notes.append(f"and {repositories(left_out)} more: `--all` shows them")
    if _has(shown, "*", 5):
        notes.append(_EXCLUDED)
    if _has(shown, "!", 6):
        notes.append(_OVER)
    return Table("", _REPOSITORIES, shown, tuple(notes))


def _has(rows: Iterable[Sequence[str]], mark: str, column: int) -> bool:
    return any(row[column].endswith(mark) for row in rows)


def _repository(found: Surveyed) -> tuple[str, ...]:
    repository = found.effective.repository
    return (
        repository.name,
        words.scanning(found.effective),
        words.replicas(found),
        words.cache_rule(found.effective),
        words.templates(found.effective),
        words.mutability(repository),
        words.images(repository),
    )


def _destinations(survey: Survey) -> Table:
    return Table(
        "replication",
        _DESTINATIONS,
        [
            (
                str(each.destination),
                ", ".join(map(str, each.rules)),
                *_numbers(each.coverage),
            )
            for each in survey.destinations
        ],
    )


def _numbers(found: Coverage | None) -> Iterator[str]:
    """How many repositories, and how many of them are permitted, denied, and not known."""
    if found is None:
        yield from (words.UNKNOWN,) * 4
        return
    for number in (found.repositories, found.permitted, found.denied, found.unknown):
        yield f"{number:,}"


def _quotas(survey: Survey) -> Table:
    """The quotas of which it is known how much is used."""
    return Table(
        "quotas",
        _QUOTAS,
        [
            (
                each.quota.name,
                words.used(each),
                f"{each.quota.value:,}",
                words.earlier(each),
                words.used_most_by(each),
            )
            for each in usage(survey.settings)
            if each.used is not None
        ],
    )
