"""Queries that most requests put: SQLAlchemy writes them once, and SQLite answers them directly."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select
from sqlalchemy.dialects import sqlite

from ecrpolicy.registry.metadata.database import driver_of


class Prepared:
    """A query with named parameters.

    Its rows are tuples of what SQLite holds: `metadata.tables.instant` reads a time, and who asks
    reads JSON and booleans.

    >>> from sqlalchemy import bindparam, create_engine, select
    >>> sum_ = Prepared(select(bindparam("one") + bindparam("other")))
    >>> with create_engine("sqlite://").connect() as connection:
    ...     sum_.first(connection, {"one": 1, "other": 2})
    (3,)
    """

    def __init__(self, query: Select[Any]) -> None:
        compiled = query.compile(dialect=sqlite.dialect(paramstyle="named"))
        self._text = str(compiled)
        self._constants = {
            name: value for name, value in compiled.params.items() if value is not None
        }

    def first(self, connection: Connection, asked: Mapping[str, Any]) -> Any:
        """The first row, None where there is none."""
        return self._put(connection, asked).fetchone()

    def all(self, connection: Connection, asked: Mapping[str, Any]) -> list[Any]:
        """All rows."""
        rows: list[Any] = self._put(connection, asked).fetchall()
        return rows

    def _put(self, connection: Connection, asked: Mapping[str, Any]) -> Any:
        return driver_of(connection).execute(self._text, {**self._constants, **asked})
