"""One writer for each format: a pure function from an ``Edition`` to a ``File``."""
