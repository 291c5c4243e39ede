"""``python -m kzpub``."""

import sys

from kzpub.cli import main

if __name__ == "__main__":
    sys.exit(main())
