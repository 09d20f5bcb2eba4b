"""What the configuration of the linter says, and where it is found.

It is read by `ecrpolicy.sources.configuration_file`, which is imported where there is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from os.path import relpath
from pathlib import Path
from typing import Final, Literal

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.sources.globs import meets

OWN_FILE: Final = ".ecrpolicy.toml"
PROJECT_FILE: Final = "pyproject.toml"
TABLE: Final = "tool.ecrpolicy"


@dataclass(frozen=True)
class Configuration:
    """The settings; patterns and names of files are relative to `folder`, where the file is."""

    folder: Path = field(default_factory=Path)
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_level: Severity = Severity.WARNING
    severities: Mapping[str, Severity] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    baseline: Path | None = None
    registry: Path | None = None
    registry_scope: Literal["V1", "V2"] | None = None

    def is_excluded(self, path: Path) -> bool:
        """Whether a path is one that directories are not searched for."""
        return bool(self.exclude) and any(meets(self._from(path), each) for each in self.exclude)

    def kind_of(self, path: Path) -> Kind | None:
        """The kind of the documents of a file; the last pattern that it meets says."""
        met = [kind for each, kind in self.kinds.items() if meets(self._from(path), each)]
        return met[-1] if met else None

    def ignored_in(self, path: Path) -> frozenset[str]:
        """The rules that are not looked for in a file."""
        met = (
            names for each, names in self.per_file_ignores.items() if meets(self._from(path), each)
        )
        return frozenset(name for names in met for name in names)

    def _from(self, path: Path) -> str:
        return Path(relpath(path, self.folder)).as_posix()


def find(start: Path) -> Path | None:
    """The nearest file with a configuration, from a directory upwards."""
    for folder in (start, *start.parents):
        own, project = folder / OWN_FILE, folder / PROJECT_FILE
        if own.is_file():
            return own
        if project.is_file() and f"[{TABLE}" in project.read_text("utf-8", "replace"):
            return project
    return None
