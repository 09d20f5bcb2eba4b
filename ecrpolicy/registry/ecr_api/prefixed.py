"""What cache rules and creation templates have in common: times in their JSON."""

from datetime import datetime
from typing import Any, Final

from ecrpolicy.registry.ecr_api.operation import Json

_TIMES: Final = ("createdAt", "updatedAt")


def stored(value: Json) -> dict[str, Any]:
    """The value as JSON keeps it: times as text."""
    times = {name: value[name] for name in _TIMES if isinstance(value.get(name), datetime)}
    return {**value, **{name: time.isoformat() for name, time in times.items()}}


def read(value: Json) -> dict[str, Any]:
    """The value that `stored` made ready, with its times."""
    texts = {name: value[name] for name in _TIMES if isinstance(value.get(name), str)}
    return {**value, **{name: datetime.fromisoformat(text) for name, text in texts.items()}}
