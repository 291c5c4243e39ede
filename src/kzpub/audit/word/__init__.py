"""Finished Word files."""
