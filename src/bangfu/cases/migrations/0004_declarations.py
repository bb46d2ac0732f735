import django.db.models.deletion
from django.db import migrations, models

import bangfu.foundation.clock.api


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Declaration",
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
                ("division", models.CharField(max_length=12)),
                ("channel", models.CharField(max_length=16)),
                ("troubles", models.JSONField(default=list)),
                ("sealed", models.BinaryField()),
                ("identity_fingerprint", models.BinaryField(max_length=32, null=True)),
                ("files", models.JSONField(default=list)),
                ("by_id", models.UUIDField(null=True)),
                ("by_name", models.CharField(blank=True, max_length=64)),
                ("held", models.BooleanField(default=False)),
                ("discarded_on", models.DateField(null=True)),
                ("received_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
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
                ("kind", models.CharField(max_length=16)),
                ("subject_id", models.UUIDField()),
                ("code_hash", models.BinaryField(max_length=32, unique=True)),
                ("token_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                ("second_hash", models.BinaryField(max_length=32, null=True)),
                ("misses", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="appeal",
            name="appeal_by_code",
        ),
        migrations.RemoveField(
            model_name="appeal",
            name="code_hash",
        ),
        migrations.AddField(
            model_name="appeal",
            name="change_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="appeal",
            name="investigators",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="appeal",
            name="subject_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="declaration",
            name="clue",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="declaration",
                to="cases.clue",
            ),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["kind", "subject_id"], name="receipt_by_subject"),
        ),
        migrations.AddIndex(
            model_name="declaration",
            index=models.Index(fields=["division", "received_at"], name="declaration_by_division"),
        ),
    ]
