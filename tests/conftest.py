"""How the tests run: their own data folder, Django's settings, and Hypothesis profiles (HYPOTHESIS_PROFILE)."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import pytest
from hypothesis import HealthCheck, settings

# Never the data folder of the person who runs the tests, whatever her environment says.
FOLDER = tempfile.mkdtemp(prefix="psoas-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["PSOAS_DATA"] = FOLDER
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psoas.web.settings")

# A law is decided by its examples, not by how busy the machine is: no deadline, and the same examples in every run.
settings.register_profile("default", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("quick", settings.get_profile("default"), max_examples=10)
settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=1500,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_configure(config: pytest.Config) -> None:
    """Workers name the settings themselves: told of them at once, pytest-django imports every room before it is measured."""
    if config.getoption("numprocesses", None):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
