"""The tables of a database, brought to their newest form.

Each step is a file in `migrations/versions`; the database says which it has taken.
"""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from ecrpolicy.registry.metadata.database import Database

_STEPS: Final = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Take the steps that are missing, all or none.

    They are one writing transaction: of several processes, one takes them and the others wait.
    """
    with database.writing() as connection:
        command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Config:
    """What alembic needs to know: where the steps are, and of which database."""
    config = Config()
    # In alembic's settings, `%` begins a reference.
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
