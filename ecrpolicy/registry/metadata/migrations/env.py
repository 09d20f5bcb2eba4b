"""Run by alembic: takes the steps on the connection of `migrate`, in its transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from ecrpolicy.registry.metadata.tables import Instant, metadata


def _rendered(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Steps are kept as they are when our own types change: they name what is stored."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_rendered,
)
context.run_migrations()
