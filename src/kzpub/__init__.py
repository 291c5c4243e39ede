"""kzpub turns one source of structured content into publications in several languages and formats."""

__version__ = "0.1.0"
