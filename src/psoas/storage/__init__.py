"""Keeping: the journal of entries, its tables and the place on disk. Only `journal` and `models` need Django."""
