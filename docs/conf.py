"""How the documentation is built; no page needs the network."""

from enum import Enum
from typing import Any

from pydantic import BaseModel

from ecrpolicy import __version__

project = "ecrpolicy"
author = "The ecrpolicy authors"
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

# Docstrings write code between single backticks.
default_role = "code"
add_module_names = False
autodoc_member_order = "bysource"
autodoc_mock_imports = ["boto3", "botocore"]
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"

# The types of other libraries have no page here.
nitpick_ignore_regex = [
    (
        "py:.*",
        r"(collections|datetime|decimal|enum|types|typing|pydantic|pydantic_core|annotated_types)\b.*",
    ),
    (
        "py:.*",
        r"(AwareDatetime|Annotated|Any|Ge|Lt|Strict|FieldInfo|PlainValidator|None|NoneType)\b.*",
    ),
    ("py:.*", r"(tuple\[.*|ecrpolicy\.snapshot\.(_storage_class|_completed_at|Annotated))"),
    # What previews are made of inside.
    ("py:.*", r"ecrpolicy\.lifecycle\.(shelf\.Shelf|relations\.Relations)"),
]

html_theme = "furo"
html_title = f"ecrpolicy {release}"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_copy_source = False
html_show_copyright = False
pygments_style = "friendly"


# Values that are made by the library alone.
_MADE_HERE = {
    "Comparison",
    "Departure",
    "Forecast",
    "Kept",
    "Preview",
    "RuleChange",
    "Search",
    "Turned",
    "Unmet",
    "Use",
    "Results",
    "Explanation",
    "RuleExplanation",
    "Summary",
    "Group",
    "Document",
    "Answer",
    "Assumption",
    "Caller",
    "Decision",
    "Found",
    "Grantee",
    "InUse",
    "Mismatch",
    "OpenCondition",
    "OperationAnswer",
    "OperationDecision",
    "PolicyExplanation",
    "StatementExplanation",
    "WhatCan",
    "WhoCan",
    "Cached",
    "Choice",
    "Coverage",
    "Edge",
    "EffectiveScanning",
    "EffectiveSettings",
    "Event",
    "FilterExplanation",
    "NewRepository",
    "NotChained",
    "NotChosen",
    "Permission",
    "Push",
    "Reached",
    "Replica",
    "Replication",
    "ScanState",
    "Surveyed",
    "TagPush",
    "Unknown",
    "Upstream",
    "Usage",
}


def _signature(
    _app: Any, _what: str, _name: str, value: Any, _options: Any, *_texts: str | None
) -> tuple[str, None] | None:
    """How a value is made is said of those that readers make."""
    if not isinstance(value, type):
        return None
    is_made_here = issubclass(value, Enum | BaseModel) or value.__name__ in _MADE_HERE
    return ("", None) if is_made_here else None


def _docstring(
    _app: Any, _what: str, _name: str, _value: Any, _options: Any, lines: list[str]
) -> None:
    """What Python says of the members of a named tuple tells nothing."""
    lines[:] = [line for line in lines if not line.startswith("Alias for field number")]


def setup(app: Any) -> None:
    app.connect("autodoc-process-docstring", _docstring)
    app.connect("autodoc-process-signature", _signature)
