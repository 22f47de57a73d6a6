"""How the tests run: Hypothesis profiles, chosen with HYPOTHESIS_PROFILE."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

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
