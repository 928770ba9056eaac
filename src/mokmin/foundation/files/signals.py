"""What rooms above may wish to react to."""

from django.dispatch import Signal

integrity_checked = Signal()
"""A check of all files is over: report (its uid), problems (how many), is_news (they are others
than those of the check before), at; inside the tenant."""
