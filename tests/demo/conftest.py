"""Django stands, so that the demonstration can be written into tables."""

from __future__ import annotations

import django

django.setup()  # the settings are named in tests/conftest.py
