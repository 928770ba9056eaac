"""What happens in access that rooms above react to; sent inside the transaction."""

from django.dispatch import Signal

settings_changed = Signal()
"""A municipality has chosen otherwise: `names` (of the settings that changed), `actor`, `at`.

A receiver may answer with a sentence: what follows from it, for whoever has changed them.
"""
