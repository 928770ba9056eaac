from datetime import UTC, datetime

from django.db import migrations, models

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_taken_back")]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="opened_at",
            field=models.DateTimeField(default=LONG_AGO, verbose_name="생긴 때"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="handover",
            name="changed_at",
            field=models.DateTimeField(default=LONG_AGO, verbose_name="고친 때"),
            preserve_default=False,
        ),
    ]
