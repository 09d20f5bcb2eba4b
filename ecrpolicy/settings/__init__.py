"""The settings of a registry together: what they mean for a repository, a push, and the quotas.

>>> from ecrpolicy import settings
"""

from ecrpolicy.settings.doubts import Answer, Verdict, answer
from ecrpolicy.settings.effective import (
    EffectiveSettings,
    effective,
    effective_of,
    new_repository,
)
from ecrpolicy.settings.model import Settings
from ecrpolicy.settings.push import Event, EventSource, Push, push
from ecrpolicy.settings.regional import Lacking, RegionalDoubt, regional_doubts
from ecrpolicy.settings.survey import Reached, Survey, Surveyed
from ecrpolicy.settings.unknown import Unknown, unknown
from ecrpolicy.settings.usage import Usage, usage

__all__ = [
    "Answer",
    "EffectiveSettings",
    "Event",
    "EventSource",
    "Lacking",
    "Push",
    "Reached",
    "RegionalDoubt",
    "Settings",
    "Survey",
    "Surveyed",
    "Unknown",
    "Usage",
    "Verdict",
    "answer",
    "effective",
    "effective_of",
    "new_repository",
    "push",
    "regional_doubts",
    "unknown",
    "usage",
]
