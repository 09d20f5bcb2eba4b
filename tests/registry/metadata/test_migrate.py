"""The tables of a database: the steps lead to those that the code knows, all or none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.util import CommandError
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import OperationalError

from ecrpolicy.registry.metadata.database import Database
from ecrpolicy.registry.metadata.migrate import migrate
from ecrpolicy.registry.metadata.tables import account_settings, metadata


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "50%" / "registry.sqlite")
    (tmp_path / "50%").mkdir()
    yield made
    made.close()


def schema(connection: Connection) -> dict[str, list[str]]:
    """What each table and index was made with; the order of constraints means nothing."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {
        name: sorted(line.strip().rstrip(",") for line in text.splitlines() if line.strip())
        for name, text in rows
        if name not in ("alembic_version", "sqlite_sequence")
    }


def test_the_steps_lead_to_the_tables_as_they_are(database: Database, tmp_path: Path) -> None:
    # Where this fails: `python -m tests.registry.metadata.new_migration "what has changed"`.
    migrate(database)
    other = Database(tmp_path / "other.sqlite")
    with other.writing() as connection:
        metadata.create_all(connection)
    with database.reading() as migrated, other.reading() as made:
        assert schema(migrated) == schema(made)
    other.close()


def test_steps_that_were_taken_are_not_taken_again(database: Database) -> None:
    migrate(database)
    with database.writing() as connection:
        connection.execute(
            insert(account_settings).values(account="1", region="r", name="n", value="v")
        )
    migrate(database)
    with database.reading() as connection:
        assert connection.execute(select(account_settings.c.value)).scalar_one() == "v"


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    migrate(database)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CommandError, match="9999"):
        migrate(database)


def test_a_step_that_fails_leaves_nothing(database: Database) -> None:
    # The step makes this table as well, after others, and finds that it is there.
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE tags (x)")
    with pytest.raises(OperationalError, match="table tags already exists"):
        migrate(database)
    with database.reading() as connection:
        assert list(schema(connection)) == ["tags"]
