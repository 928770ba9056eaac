"""What happens in the organisation that rooms above react to; sent inside the transaction."""

from django.dispatch import Signal

reorganised = Signal()
"""A reorganisation is entered: `reorganisation`, `units` (ids of those it touches), `at`."""

reorganisation_undone = Signal()
"""A reorganisation is taken back: `reorganisation`, `units`, `at`."""

order_registered = Signal()
"""An order (인사발령) is entered: `order`, `at`."""

order_undone = Signal()
"""An order is taken back: `order`, `at`."""

hand_overs_changed = Signal()
"""Hand-overs are opened, have another successor or day, or are confirmed: `hand_overs`, `at`."""
