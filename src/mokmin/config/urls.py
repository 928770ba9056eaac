"""The root of every address."""

from django.urls import include, path

from mokmin.surfaces.kit import health, session
from mokmin.surfaces.portal.signin import urls as signin

handler400 = "mokmin.surfaces.kit.errors.bad_request"
handler403 = "mokmin.surfaces.kit.errors.forbidden"
handler404 = "mokmin.surfaces.kit.errors.not_found"
handler500 = "mokmin.surfaces.kit.errors.broken"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("session/", session.extend, name="session-extend"),
    path("account/", include(signin.urlpatterns)),
    path("staff/", include("mokmin.surfaces.console.urls")),
    path("", include("mokmin.surfaces.portal.urls")),
]
