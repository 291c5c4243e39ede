"""kzpub turns one source of structured content into publications in several languages and formats."""
