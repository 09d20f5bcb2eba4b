"""The settings of registries as they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects.sqlite import insert

from ecrpolicy.registry.metadata.tables import (
    account_settings,
    cache_rules,
    creation_templates,
    registries,
)
from ecrpolicy.registry.place import Place

Json = Mapping[str, Any]

ACCOUNT_SETTINGS: Final[Mapping[str, str]] = {
    "BASIC_SCAN_TYPE_VERSION": "AWS_NATIVE",
    "REGISTRY_POLICY_SCOPE": "V2",
    "BLOB_MOUNTING": "DISABLED",
}
"""The account settings that there are, each with what it is in a new registry."""

_NO_SCANNING: Final[Json] = {"scanType": "BASIC", "rules": []}
_NO_REPLICATION: Final[Json] = {"rules": []}


@dataclass(frozen=True, slots=True)
class RegistrySettings:
    """What a registry is set to; as the service sets it up where nobody has set anything."""

    policy: str | None = None
    scanning: Json = field(default_factory=lambda: _NO_SCANNING, hash=False)
    replication: Json = field(default_factory=lambda: _NO_REPLICATION, hash=False)


def settings_of(connection: Connection, place: Place) -> RegistrySettings:
    """The settings of a registry."""
    row = connection.execute(select(registries).where(*_in(registries, place))).mappings().first()
    if row is None:
        return RegistrySettings()
    return RegistrySettings(
        row["policy"], row["scanning"] or _NO_SCANNING, row["replication"] or _NO_REPLICATION
    )


def store_settings(connection: Connection, place: Place, **columns: Any) -> None:
    """Set what is given of `policy`, `scanning` and `replication`."""
    _store(connection, registries, _key(place), columns)


def account_setting(connection: Connection, place: Place, name: str) -> str:
    """What one of `ACCOUNT_SETTINGS` is set to."""
    found = connection.execute(
        select(account_settings.c.value).where(
            *_in(account_settings, place), account_settings.c.name == name
        )
    ).scalar()
    return ACCOUNT_SETTINGS[name] if found is None else str(found)


def store_account_setting(connection: Connection, place: Place, name: str, value: str) -> None:
    """Set an account setting."""
    _store(connection, account_settings, {**_key(place), "name": name}, {"value": value})


class ByPrefix:
    """Things of a registry by their prefixes: the API's own JSON of each, in a table.

    A `/` at the end of a prefix is no difference ("CreatePullThroughCacheRule").
    """

    def __init__(self, table: Table, column: str) -> None:
        self._table = table
        self._column = table.c[column]

    def all(self, connection: Connection, place: Place) -> list[Json]:
        """All of a registry, by prefix."""
        return self.after(connection, place, None, None)

    def after(
        self, connection: Connection, place: Place, prefix: str | None, limit: int | None
    ) -> list[Json]:
        """Those behind a prefix, or from the first, so many at most."""
        chosen = select(self._column).where(*_in(self._table, place))
        if prefix is not None:
            chosen = chosen.where(self._table.c.prefix > _bare(prefix))
        rows = connection.execute(chosen.order_by(self._table.c.prefix).limit(limit))
        return list(rows.scalars())

    def find(self, connection: Connection, place: Place, prefix: str) -> Json | None:
        """The one of a prefix, None where there is none."""
        found: Json | None = connection.execute(
            select(self._column).where(
                *_in(self._table, place), self._table.c.prefix == _bare(prefix)
            )
        ).scalar()
        return found

    def store(self, connection: Connection, place: Place, prefix: str, value: Json) -> None:
        """Put one, in the place of what has the prefix."""
        key = {**_key(place), "prefix": _bare(prefix)}
        _store(connection, self._table, key, {self._column.name: value})

    def remove(self, connection: Connection, place: Place, prefix: str) -> None:
        """Take one away."""
        connection.execute(
            delete(self._table).where(
                *_in(self._table, place), self._table.c.prefix == _bare(prefix)
            )
        )


CACHE_RULES: Final = ByPrefix(cache_rules, "rule")
"""The pull through cache rules."""

CREATION_TEMPLATES: Final = ByPrefix(creation_templates, "template")
"""The repository creation templates."""


def _bare(prefix: str) -> str:
    return prefix.removesuffix("/")


def _key(place: Place) -> dict[str, str]:
    return {"account": place.account, "region": place.region}


def _in(table: Table, place: Place) -> tuple[Any, Any]:
    return table.c.account == place.account, table.c.region == place.region


def _store(
    connection: Connection, table: Table, key: Mapping[str, Any], columns: Mapping[str, Any]
) -> None:
    put = insert(table).values(**key, **columns)
    connection.execute(put.on_conflict_do_update(index_elements=list(key), set_=dict(columns)))
