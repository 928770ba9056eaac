"""The jobs of the portal, made known to every process at its start."""

from mokmin.surfaces.portal.signin.tasks import (
    clear_sessions,
    send_invitation,
    send_password_reset,
    send_sign_up,
)

__all__ = ["clear_sessions", "send_invitation", "send_password_reset", "send_sign_up"]
