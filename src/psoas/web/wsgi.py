"""The application a server calls: static files straight from disk, everything else through Django."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from whitenoise import WhiteNoise

from psoas.web.static_files import add_headers, collect, is_immutable

_SHORT_S = 60  # how long a browser may keep a file whose name does not tell its content


def make() -> WhiteNoise:
    """The whole site. Tables must be up to date; static files are collected here."""
    site = get_wsgi_application()
    collect()
    return WhiteNoise(
        site,
        root=settings.STATIC_ROOT,
        prefix="static/",
        max_age=_SHORT_S,
        immutable_file_test=is_immutable,
        add_headers_function=add_headers,
    )
