from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """How the person in the pictures looks."""

    dependencies = [("web", "0002_draft")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="build",
            field=models.CharField(
                choices=[("neutral", "Neither: a neutral body"), ("female", "A woman"), ("male", "A man")],
                default="neutral",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="account",
            name="tone",
            field=models.CharField(
                choices=[("light", "Light"), ("medium", "Medium"), ("brown", "Brown"), ("dark", "Dark")],
                default="medium",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="account", name="height_cm", field=models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="account", name="mass_kg", field=models.PositiveSmallIntegerField(blank=True, null=True)
        ),
    ]
