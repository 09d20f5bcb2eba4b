"""The settings of a registry together: what they mean for a repository, a push, and the quotas.

>>> from ecrpolicy import settings
"""

from ecrpolicy.settings.creation import Creation, Sender, creations, senders
from ecrpolicy.settings.doubts import Answer, Verdict, answer
from ecrpolicy.settings.effective import (
    EffectiveSettings,
    effective,
    effective_of,
    new_repository,
)
from ecrpolicy.settings.images import ImageState, image_states
from ecrpolicy.settings.model import Settings
from ecrpolicy.settings.push import Event, EventSource, Push, push
from ecrpolicy.settings.regional import Lacking, RegionalDoubt, regional_doubts
from ecrpolicy.settings.survey import Reached, Survey, Surveyed
from ecrpolicy.settings.unknown import Unknown, unknown
from ecrpolicy.settings.usage import Usage, usage

__all__ = [
    "Answer",
    "Creation",
    "EffectiveSettings",
    "Event",
    "EventSource",
    "ImageState",
    "Lacking",
    "Push",
    "Reached",
    "RegionalDoubt",
    "Sender",
    "Settings",
    "Survey",
    "Surveyed",
    "Unknown",
    "Usage",
    "Verdict",
    "answer",
    "creations",
    "effective",
    "effective_of",
    "image_states",
    "new_repository",
    "push",
    "regional_doubts",
    "senders",
    "unknown",
    "usage",
]
