"""The database: one SQLite file that several processes share."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event

# How long a writer waits for another one, in seconds.
_PATIENCE: Final = 60

_WAL: Final = "PRAGMA journal_mode = WAL"


class Database:
    """Reads and writes in transactions; a transaction that returns is on the disk.

    A reading transaction sees one state of the database, and blocks nobody. Writing ones come one
    after the other, in all processes.
    """

    def __init__(self, file: Path) -> None:
        self.engine = _engine(file, "FULL")
        self._unsynced = _engine(file, "NORMAL")
        # Writers of this process wait here for their turn: SQLite would have them ask again and
        # again.
        self._turn = Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, is_synced: bool = True) -> Iterator[Connection]:
        """A transaction that writes: kept when the block ends, undone when it raises.

        One that is not synced survives the end of the process, and not a power cut, unless a synced
        one has come after it: it is for what nobody was promised, and costs next to nothing.
        """
        engine = self.engine if is_synced else self._unsynced
        with self._turn, engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()
        self._unsynced.dispose()


def without_tables() -> bytes:
    """What the file of a database holds that has no tables yet, and is in WAL mode for ever.

    Of processes that switch a file to that mode at the same time, some would find it locked, with
    no patience: none can wait for the others while it reads itself.
    """
    with TemporaryDirectory() as directory:
        file = Path(directory) / "database"
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(_WAL)
        return file.read_bytes()


def _engine(file: Path, synchronous: str) -> Engine:
    engine = create_engine(
        f"sqlite:///{file}",
        connect_args={"timeout": _PATIENCE, "check_same_thread": False},
        # Every thread that answers requests gets one: the server says how many there are.
        max_overflow=-1,
        # What is logged of an error has no one's policies or manifests in it.
        hide_parameters=True,
    )
    event.listen(engine, "connect", partial(_prepare, synchronous))
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(synchronous: str, connection: Any, record: object) -> None:  # noqa: ARG001
    """In WAL mode, FULL syncs each commit, and NORMAL none (SQLite, "PRAGMA synchronous")."""
    connection.isolation_level = None  # transactions are begun by `_begin` alone
    cursor = connection.cursor()
    for pragma in (_WAL, f"PRAGMA synchronous = {synchronous}", "PRAGMA foreign_keys = ON"):
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes its turn at the beginning: one that read first could not be let write."""
    writes = connection.get_execution_options().get("writes", False)
    driver_of(connection).execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def driver_of(connection: Connection) -> Any:
    """SQLite's own connection below one of SQLAlchemy."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection has been closed")
    return driver
