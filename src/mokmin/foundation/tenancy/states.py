"""Names of what a municipality can be."""

from django.db import models


class TenantKind(models.TextChoices):
    """Kind of local government (지방자치단체의 종류), 지방자치법 §2."""

    SPECIAL_CITY = "special_city", "특별시"
    INTEGRATED_CITY = "integrated_city", "통합특별시"
    METROPOLITAN_CITY = "metropolitan_city", "광역시"
    AUTONOMOUS_CITY = "autonomous_city", "특별자치시"
    PROVINCE = "province", "도"
    AUTONOMOUS_PROVINCE = "autonomous_province", "특별자치도"
    CITY = "city", "시"
    COUNTY = "county", "군"
    DISTRICT = "district", "구"
