"""A bank of bad inputs: what somebody from outside may put into a project, and what becomes of it."""
