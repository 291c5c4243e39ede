"""Judges of a translation: functions of two texts that find what is wrong, and the tables they go by."""
