"""Writes the pages of the rules, and their index: `python -m tests.lint.pages`."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from ecrpolicy import lint
from ecrpolicy.render.rule_page import page
from tests.docs.examples import ROOT
from tests.lint.tables import rules

FOLDER: Final = ROOT / "docs" / "rules"

_HEAD: Final = """\
# Rules of the linter

Each rule has a page: what it finds, why that matters, a document that trips it, and one that
does not.
`ecrpolicy rule NAME` prints it.
"""
_TOCTREE: Final = """\
```{toctree}
:hidden:
:glob:

*
```
"""


def index() -> str:
    """The page that lists them, family by family."""
    tables = ("\n".join(_table(family)) for family in lint.FAMILIES if lint.names(family))
    return "\n".join([_HEAD, *tables, _TOCTREE])


def _table(family: str) -> Iterator[str]:
    about = import_module(f"ecrpolicy.lint.rules.{family}").__doc__
    yield f"## {family}\n\n{about}\n\n| rule | severity | about |\n|---|---|---|"
    for name in lint.names(family):
        rule = lint.find(name)
        yield f"| [{name}]({name}.md) | {rule.severity} | {rule.summary} |"
    yield ""


def pages() -> dict[Path, str]:
    """What stands in the folder."""
    made = {FOLDER / f"{rule.name}.md": page(rule) for rule in rules()}
    return {**made, FOLDER / "index.md": index()}


def main() -> None:
    """Write what has changed, and delete the pages of rules that are gone."""
    made = pages()
    FOLDER.mkdir(exist_ok=True)
    for path in set(FOLDER.glob("*.md")) - made.keys():
        path.unlink()
    for path, text in made.items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
