"""What makes files survive a power cut: the directories that they stand in are synced too."""

import os
from pathlib import Path


def sync_directory(directory: Path) -> None:
    """Have the disk know which files stand in a directory."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_directory(directory: Path) -> None:
    """Make a directory, and those above it, where they are missing."""
    if directory.is_dir():
        return
    make_directory(directory.parent)
    directory.mkdir(exist_ok=True)
    sync_directory(directory.parent)
