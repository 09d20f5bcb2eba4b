"""Write the migration that brings a database to the tables as they are now.

    python -m tests.registry.metadata.new_migration "Remember when an image was last pulled"

What comes out is a draft: alembic compares tables, and knows nothing of what is in them.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from ecrpolicy.registry.metadata.database import Database
from ecrpolicy.registry.metadata.migrate import configuration, migrate


def main(message: str) -> None:
    """Write it behind the last one, under the next number."""
    with tempfile.TemporaryDirectory() as directory:
        database = Database(Path(directory) / "registry.sqlite")
        migrate(database)
        with database.writing() as connection:
            config = configuration(connection)
            number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
        database.close()


if __name__ == "__main__":
    main(sys.argv[1])
