"""The organisation in Django's registry."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """The organisation (조직): units, posts and who holds them, as of any date."""

    name = "mokmin.foundation.orgs"
    label = "orgs"
    verbose_name = "조직"
