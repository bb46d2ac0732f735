from django.db import migrations, models

import bangfu.foundation.clock.api


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bangfu.foundation.clock.api.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("key_hash", models.BinaryField(max_length=32)),
                ("since", models.DateField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "since"], name="tally_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key_hash"), name="tally_once")
                ],
            },
        ),
    ]
