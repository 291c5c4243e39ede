"""Files put in place: whole releases, or several files all together."""
