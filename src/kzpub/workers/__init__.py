"""Processes that do the tasks of a build: confined, watched, on this machine or on others."""
