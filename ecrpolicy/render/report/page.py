"""A report as one HTML file.

The page fetches nothing, and its own policy forbids that it could: style and script stand in it
and are allowed by their hashes alone. What comes from images and policies is data: it is escaped
here, and set as text by the script, never as markup.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Final

from ecrpolicy.render.report.model import Report
from ecrpolicy.wording import printable

_FOLDER: Final = "ecrpolicy.render.report"

# Inside a script these could end it, or begin a comment in it (HTML, "Restrictions for contents
# of script elements").
_UNSAFE: Final = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def page(report: Report) -> str:
    """The whole page."""
    return "\n".join(_parts(report)) + "\n"


def _parts(report: Report) -> Iterator[str]:
    style, script = _asset("report.css"), _asset("report.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title>{_text(report.title)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"
    yield from _head(report)
    yield _asset("report.html")
    yield f'<script type="application/json" id="data">{_data(report)}</script>'
    yield f"<script>{script}</script>"
    yield "</body>"
    yield "</html>"


def _head(report: Report) -> Iterator[str]:
    """What can be read without a script: what this is, the figures, the warnings."""
    yield '<header class="head">'
    yield f"<h1>{_text(report.title)}</h1>"
    yield f"<p>{_text(report.subtitle)}</p>"
    yield '<button type="button" id="theme" hidden>theme: as the system</button>'
    yield "</header>"
    yield '<section aria-label="figures"><dl class="facts">'
    for name, value in report.facts:
        yield f"<div><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>"
    yield "</dl></section>"
    if report.notes:
        yield '<section aria-label="warnings"><h2>What to know</h2><ul class="notes">'
        yield from _items(report.notes)
        yield "</ul></section>"
    note = report.curve.note if report.curve else ""
    yield f'<p id="curve-note" class="note" hidden>{_text(note)}</p>'
    yield "<noscript><p>The images are listed by a script, which is off here.</p></noscript>"


def _items(notes: Sequence[str]) -> Iterator[str]:
    """The items of a list; lines that are indented are a list within the item above them."""
    at = 0
    while at < len(notes):
        below = at + 1
        while below < len(notes) and notes[below].startswith(" "):
            below += 1
        inner = "".join(f"<li>{_text(note.strip())}</li>" for note in notes[at + 1 : below])
        yield f"<li>{_text(notes[at])}{f'<ul>{inner}</ul>' if inner else ''}</li>"
        at = below


def _text(text: str) -> str:
    return escape(printable(text))


def _data(report: Report) -> str:
    return json.dumps(report.to_json(), separators=(",", ":")).translate(_UNSAFE)


def _asset(name: str) -> str:
    return (files(_FOLDER) / name).read_text("utf-8").strip()


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
