"""The web room as Django sees it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Accounts and pages."""

    name = "psoas.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"
