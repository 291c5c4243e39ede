"""Finished web pages."""
