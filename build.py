"""Make the publications of this project: the same command as ``kzpub``, run where this file lies."""

import sys
from pathlib import Path

HINT = "hint: run “make briefs” once, then “.venv/bin/python build.py”, or activate the environment in .venv"

if __name__ == "__main__":
    if sys.version_info < (3, 11):
        sys.exit("error: Python %d.%d is too old, kzpub needs 3.11 [environment] %s" % (*sys.version_info[:2], HINT))
    try:
        from kzpub.cli import main
    except ModuleNotFoundError as error:
        sys.exit("error: this Python has no %s [environment] %s" % (error.name, HINT))
    sys.exit(main(root=Path(__file__).parent))
