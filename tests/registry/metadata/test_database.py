from ecrpolicy.registry.metadata.database import without_tables


def test_a_new_database_need_not_be_switched_to_wal_mode() -> None:
    content = without_tables()
    assert content[:16] == b"SQLite format 3\0"
    # SQLite, "Database File Format", "File format version numbers": 2 is WAL, to write and read.
    assert content[18:20] == b"\2\2"
