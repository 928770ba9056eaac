"""What happens to jobs that rooms above react to."""

from django.dispatch import Signal

job_ended = Signal()
"""A job that somebody asked for is over: `uid`, `asked_by_id`, in the transaction that ends it."""
