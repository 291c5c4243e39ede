"""A build: what is asked for, as far as it is not known already, made, kept and put together to a release."""
