"""Commands for those who work on kzpub itself."""
