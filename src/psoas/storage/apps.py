"""The storage room as Django sees it."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """Episodes and their entries."""

    name = "psoas.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"
