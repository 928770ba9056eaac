"""What rooms above may wish to react to."""

from django.dispatch import Signal

integrity_checked = Signal()
"""A check of all files is over: report (its uid), problems (how many), at; inside the tenant."""
