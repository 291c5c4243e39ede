"""How evenly the lines of finished PDFs are set: ``python benchmarks/lines.py dist/*/*.pdf``.

For each file: by what part of their column lines end short, and paragraphs in the mean; the spaces between words; the
part of the lines that end with a hyphen; how far pages are filled. The bounds of the checks are set by these.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from kzpub.audit.pdfs.breaks import filled, goes_on  # noqa: E402
from kzpub.audit.pdfs.lineends import divided  # noqa: E402
from kzpub.audit.pdfs.lines import Element, Layout, layout  # noqa: E402
from kzpub.audit.pdfs.spacing import ends_of_lines, word_spaces  # noqa: E402

PARTS = (0.5, 0.9, 0.95, 0.99, 1.0)


def spread(values: Iterable[float], scale: float = 1) -> str:
    """The median, the nine tenths, … of some values, in columns."""
    ordered = sorted(values)
    return "  ".join(f"{scale * ordered[min(int(len(ordered) * part), len(ordered) - 1)]:6.2f}" for part in PARTS)


def report(read: Layout) -> None:
    ends = list(ends_of_lines(read))
    means: dict[Element, list[float]] = defaultdict(list)
    for element, _, _, gap, column in ends:
        means[element].append(gap / column)
    spaces = [space for _, line, *_ in ends for space in word_spaces(line)]
    pages = [filled(read, page.number) for page in goes_on(read)]
    print(f"  lines end short, %       {spread((gap / column for *_, gap, column in ends), 100)}   of {len(ends)}")
    long = [sum(parts) / len(parts) for parts in means.values() if len(parts) > 2]
    if long:
        print(f"  paragraphs in the mean, % {spread(long, 100)}   of {len(long)}")
    print(f"  spaces between words, em  {spread(spaces)}   of {len(spaces)}")
    print(f"  lines that end with a hyphen: {sum(divided(line.text) for _, line, *_ in ends) / len(ends):.0%}")
    if pages:
        print(f"  pages that go on are filled, %, from {100 * min(pages):.0f}")


for name in sys.argv[1:]:
    print(Path(name).name, "       median, 90 %, 95 %, 99 %, all")
    report(layout(Path(name).read_bytes()))
