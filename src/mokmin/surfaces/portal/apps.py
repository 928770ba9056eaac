"""The portal in Django's registry."""

from importlib import import_module

from django.apps import AppConfig

from mokmin.foundation.access.access import why_not_staff
from mokmin.surfaces.kit import menu

AREA = menu.Area(
    prefix="/",
    base="base_public.html",
    name="누리집",
    home="portal:home",
    user_menu=(
        menu.Entry("업무 화면", "console:home", why_not=why_not_staff),
        menu.Entry("비밀번호 바꾸기", "account_change_password"),
        menu.Entry("2단계 인증", "mfa_index"),
    ),
)


class PortalConfig(AppConfig):
    """Views and templates."""

    name = "mokmin.surfaces.portal"
    label = "portal"
    verbose_name = "누리집"

    def ready(self) -> None:
        """Declare the area, and listen to what happens among people."""
        menu.declare(AREA)
        import_module("mokmin.surfaces.portal.signin.receivers")
