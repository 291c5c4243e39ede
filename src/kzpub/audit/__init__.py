"""Finished files held to the standards of accessible, archival and well-set documents."""
