from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_record_unit"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="recordbigrams",
            name="records_bigrams_gin",
        ),
        migrations.RemoveField(
            model_name="recordbigrams",
            name="bigrams",
        ),
        migrations.AddField(
            model_name="recordbigrams",
            name="plain",
            field=models.TextField(default="", verbose_name="견주는 꼴"),
            preserve_default=False,
        ),
    ]
