"""Print the Kazakh hyphenation patterns as a dictionary: ``python tools/hyphenation.py > hyph_kk.dic``.

Pyphen and LibreOffice read it (as ``hyph_kk_KZ.dic`` in an extension), and whatever else uses the library Hyphen.
"""

from __future__ import annotations

import sys

from kzpub.hyphenation import dictionary

if __name__ == "__main__":
    sys.stdout.buffer.write(dictionary("kk").encode())
