"""The tables of the service.

A database is brought to them by steps: after a change here, `make migration` drafts the next one.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def instant(microseconds: int) -> datetime:
    """The time that stands in a column, in UTC.

    >>> instant(1_500_000)
    datetime.datetime(1970, 1, 1, 0, 0, 1, 500000, tzinfo=datetime.timezone.utc)
    """
    return _EPOCH + microseconds * _MICROSECOND


class Instant(TypeDecorator[datetime]):
    """A time with a zone, kept as microseconds since 1970: compared and sorted exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """To microseconds."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To a time in UTC."""
        return None if value is None else instant(value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_repository() -> Column[int]:
    return Column(
        "repository_id", ForeignKey("repositories.id", ondelete="CASCADE"), nullable=False
    )


def _of_image() -> Column[int]:
    return Column("image_id", ForeignKey("images.id", ondelete="CASCADE"), nullable=False)


# The settings of a private registry; a row is made when one is set for the first time.
registries = Table(
    "registries",
    metadata,
    Column("account", String, primary_key=True),
    Column("region", String, primary_key=True),
    Column("policy", Text),
    Column("scanning", JSON),
    Column("replication", JSON),
)

account_settings = Table(
    "account_settings",
    metadata,
    Column("account", String, primary_key=True),
    Column("region", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

# The API's own JSON of each, under the prefix that it is for.
cache_rules = Table(
    "cache_rules",
    metadata,
    Column("account", String, primary_key=True),
    Column("region", String, primary_key=True),
    Column("prefix", String, primary_key=True),
    Column("rule", JSON, nullable=False),
)

creation_templates = Table(
    "creation_templates",
    metadata,
    Column("account", String, primary_key=True),
    Column("region", String, primary_key=True),
    Column("prefix", String, primary_key=True),
    Column("template", JSON, nullable=False),
)

repositories = Table(
    "repositories",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", String, nullable=False),
    Column("region", String, nullable=False),
    Column("name", String, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("mutability", String, nullable=False),
    Column("exclusion_filters", JSON, nullable=False),
    Column("scan_on_push", Boolean, nullable=False),
    Column("encryption", JSON, nullable=False),
    Column("policy", Text),
    Column("lifecycle_policy", Text),
    Column("lifecycle_evaluated_at", Instant),
    # Kept with the images: counting a hundred thousand of them at each push would take too long.
    Column("image_count", Integer, nullable=False, server_default="0"),
    UniqueConstraint("account", "region", "name"),
    # A name that is used again is another repository: its pages and uploads are not the old one's.
    sqlite_autoincrement=True,
)

resource_tags = Table(
    "resource_tags",
    metadata,
    _of_repository(),
    Column("key", String, nullable=False),
    Column("value", String, nullable=False),
    UniqueConstraint("repository_id", "key"),
)

images = Table(
    "images",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_repository(),
    Column("digest", String, nullable=False),
    Column("manifest", LargeBinary, nullable=False),
    Column("media_type", String, nullable=False),
    Column("artifact_type", String),
    Column("subject", String),
    Column("size_bytes", BigInteger, nullable=False),
    Column("pushed_at", Instant, nullable=False),
    Column("pulled_at", Instant),
    Column("status", String, nullable=False),
    Column("archived_at", Instant),
    Column("activated_at", Instant),
    UniqueConstraint("repository_id", "digest"),
    Index(None, "repository_id", "subject"),
    sqlite_autoincrement=True,
)

tags = Table(
    "tags",
    metadata,
    _of_repository(),
    Column("tag", String, nullable=False),
    _of_image(),
    UniqueConstraint("repository_id", "tag"),
    Index(None, "image_id"),
)

# What an image needs: its configuration and its layers are blobs, the children of an index images.
image_blobs = Table(
    "image_blobs",
    metadata,
    _of_image(),
    Column("digest", String, nullable=False),
    UniqueConstraint("image_id", "digest"),
    Index(None, "digest"),
)

image_children = Table(
    "image_children",
    metadata,
    _of_image(),
    Column("digest", String, nullable=False),
    UniqueConstraint("image_id", "digest"),
    Index(None, "digest"),
)

# Content that is there, whole and synced; `layers` says in which repositories. `file` is its name
# among the blobs: another one whenever the same content is pushed anew.
blobs = Table(
    "blobs",
    metadata,
    Column("digest", String, primary_key=True),
    Column("file", String, nullable=False, unique=True),
    Column("size_bytes", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
)

# `seen_at` is when somebody was last told that the layer is there, or put it: a push that is on its
# way to refer to it is safe from the sweep for a while.
layers = Table(
    "layers",
    metadata,
    _of_repository(),
    Column("digest", ForeignKey("blobs.digest"), nullable=False),
    Column("seen_at", Instant, nullable=False),
    UniqueConstraint("repository_id", "digest"),
    Index(None, "digest"),
)

# `size_bytes` is how much of the file counts: what stands behind it was cut off. `parts` are those
# of the ECR API, `last_part_bytes` is the size of the last one, and `has_small_part` whether one
# of those before it was too small.
uploads = Table(
    "uploads",
    metadata,
    Column("id", String, primary_key=True),
    _of_repository(),
    Column("size_bytes", BigInteger, nullable=False, default=0),
    Column("parts", Integer, nullable=False, default=0),
    Column("last_part_bytes", BigInteger, nullable=False, default=0),
    Column("has_small_part", Boolean, nullable=False, default=False),
    Column("started_at", Instant, nullable=False),
    Column("touched_at", Instant, nullable=False),
)

# The last preview of a repository: what it would do was settled when it was started.
previews = Table(
    "previews",
    metadata,
    Column("repository_id", ForeignKey("repositories.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("policy", Text, nullable=False),
    Column("status", String, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("expiring", Integer, nullable=False, server_default="0"),
    Column("transitioning", Integer, nullable=False, server_default="0"),
)

# One row an image that goes, in the order of the results; a table, so that pages are read alone.
preview_results = Table(
    "preview_results",
    metadata,
    Column("preview_id", ForeignKey("previews.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("digest", String, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("is_tagged", Boolean, nullable=False),
    Column("pushed_at", Instant, nullable=False),
    Column("action", String, nullable=False),
    Column("rule_priority", Integer, nullable=False),
    Column("storage_class", String, nullable=False),
    Index(None, "preview_id", "digest"),
    sqlite_with_rowid=False,
)
