"""How often Python's collector looks for circles. Ours are few: what a page makes goes with its last name."""

from __future__ import annotations

import gc

_NEW, _ROUNDS = 20_000, 20  # new objects before a look; Python's own 700 make it look several times a page


def seldom() -> None:
    """Leave what is here now out of every look, and look for new circles seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW, _ROUNDS, _ROUNDS)
