"""What happens among people that surfaces react to."""

from django.dispatch import Signal

invitation_asked = Signal()
"""An invitation is to be sent (again): `person`, `origin` of the site, `actor`, `at`."""
