"""The settings of a registry together: what they mean for a repository, a push, and the quotas.

>>> from ecrpolicy import settings
"""

from ecrpolicy.settings.effective import (
    EffectiveSettings,
    effective,
    effective_of,
    new_repository,
)
from ecrpolicy.settings.model import Settings
from ecrpolicy.settings.push import Event, EventSource, Push, push
from ecrpolicy.settings.usage import Usage, usage

__all__ = [
    "EffectiveSettings",
    "Event",
    "EventSource",
    "Push",
    "Settings",
    "Usage",
    "effective",
    "effective_of",
    "new_repository",
    "push",
    "usage",
]
