"""Catalogues: the files of translators, read, judged as files, begun and brought up to the content."""
