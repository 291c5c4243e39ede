"""One writer for each format: a pure function from an ``Edition`` to the bytes of a file."""
