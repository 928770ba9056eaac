"""The jobs of the portal, made known to every process at its start."""

from mokmin.surfaces.portal.signin.tasks import send_invitation, send_password_reset, send_sign_up

__all__ = ["send_invitation", "send_password_reset", "send_sign_up"]
