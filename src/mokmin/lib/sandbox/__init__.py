"""Opens one file in one disposable process, which is all that a hostile file can harm."""

from mokmin.lib.sandbox.limits import LIMITS, PROMPT, Limits
from mokmin.lib.sandbox.parent import read
from mokmin.lib.sandbox.reasons import Reason, Unreadable
from mokmin.lib.sandbox.trial import Trial, examine

__all__ = ["LIMITS", "PROMPT", "Limits", "Reason", "Trial", "Unreadable", "examine", "read"]
