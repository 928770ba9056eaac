import django.db.models.deletion
from django.db import migrations, models

import mokmin.foundation.tenancy.context


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessPurge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.DateField(verbose_name="파기 기준일")),
                ("entry_count", models.PositiveIntegerField(verbose_name="파기한 건수")),
                ("purged_at", models.DateTimeField(verbose_name="파기한 때")),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        default=mokmin.foundation.tenancy.context.current_tenant_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                        verbose_name="자치단체",
                    ),
                ),
            ],
            options={
                "verbose_name": "접속기록 파기",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("entry_count__gt", 0)),
                        name="access_accesspurge_of_something",
                    )
                ],
            },
        ),
    ]
