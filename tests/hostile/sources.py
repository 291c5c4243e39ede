"""Author's files: YAML that means more than it says, Markdown that breaks its reader, pictures that burst."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from tests.hostile.bank import BLOCKS, CHART, FIGURES, LABELS, PICTURE, SETTINGS, TEXT, Case, added, both, put, swap
from tests.hostile.make import grown, moved, png

DEEP, WIDE = 2_000, 15_000


def yaml(id: str, old: str, new: str, code: str, at: str | int | None = None, *others: str) -> Case:
    """Another text in the configuration."""
    return Case(
        f"YAML: {id}",
        swap(SETTINGS, old, new),
        code,
        SETTINGS,
        new.split("\n", maxsplit=1)[0] if at is None else at,
        others=others,
    )


def markdown(
    id: str, text: str, code: str, twin: str = "Words.", *, at: str | int | None = None, others: tuple[str, ...] = ()
) -> Case:
    """Something at the end of a chapter."""
    return Case(
        f"Markdown: {id}",
        added(text),
        code,
        BLOCKS,
        text.split("\n", maxsplit=1)[0] if at is None else at,
        twin=added(twin),
        others=others,
    )


def picture(id: str, data: bytes, code: str) -> Case:
    """Another picture, which a chapter names."""
    path, at = (PICTURE, None) if code == "input-size" else (BLOCKS, "without a caption")
    return Case(f"a picture: {id}", put(PICTURE, data), code, path, at, twin=put(PICTURE, png()))


def jpeg(**more: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (8, 8)).save(buffer, "JPEG", **more)
    return buffer.getvalue()


def exif() -> Image.Exif:
    """Where a picture was taken."""
    told = Image.Exif()
    told[0x8825] = {1: "N", 2: (51.0, 7.0, 0.0)}
    return told


def other(format: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (8, 8)).save(buffer, format)
    return buffer.getvalue()


YAML = (
    yaml("a tag that makes an object", "2026-03-05", "!!python/object/apply:os.system [id]", "yaml-tag"),
    yaml("a tag of its own", "2026-03-05", "!env HOME", "yaml-tag"),
    yaml("a tag for bytes", "tests.", "tests.\nscript: !!binary aGk=", "yaml-tag", "!!binary"),
    yaml("an alias", "keywords: [sampler", "keywords: [&a sampler, *a", "yaml-alias"),
    yaml("an anchor that nothing names", "title: ", "title: &a ", "yaml-alias"),
    yaml("a thousand million laughs", "keywords: [sampler, tests]", "keywords: &a [b, b]\nb: &b [*a, *a]", "yaml-alias"),
    yaml("a key twice", "keywords:", "title: Again\nkeywords:", "yaml-duplicate"),
    yaml("a key that merges", "keywords:", "<<: {title: Again}\nkeywords:", "yaml-key"),
    yaml("a key that is a list", "keywords:", "? [a, b]\n: c\nkeywords:", "yaml-type"),
    yaml("a second document", "keywords:", "---\nkeywords:", "yaml-syntax"),
    yaml("a directive", "title:", "%YAML 1.1\n---\ntitle:", "yaml-syntax"),
    yaml("lists without an end", "[sampler, tests]", "[" * DEEP, "yaml-syntax", "[[["),
    yaml("lists in lists", "[sampler, tests]", "[" * DEEP + "]" * DEEP, "yaml-syntax", "[[["),
    yaml("mappings in mappings", "[sampler, tests]", "{a: " * DEEP + "b" + "}" * DEEP, "yaml-syntax", "{a:"),
    yaml("a list for a text", "Sampler of every kind of block", "[a, b]", "yaml-type", "title"),
    yaml("a text for a list", "[sampler, tests]", "sampler", "yaml-type", "keywords"),
    yaml("an unknown key", "keywords:", "script: x\nkeywords:", "yaml-key"),
    yaml("a date that is none", "2026-03-05", "2026-02-30", "date-form"),
    yaml("a date in words", "2026-03-05", "{{ 7*7 }}", "yaml-type", "{{ 7"),
    yaml("a language that is a path", "[en, kk, ru]", "[en, ../../etc]", "language-unknown"),
    yaml("years without an end", "2021–2023", "0000–99999", "period-form"),
    yaml("ten thousand keywords", "[sampler, tests]", "[" + ", ".join(f"word{n}" for n in range(500_000)) + "]", "input-size", 0),
    Case("YAML: a register of ten thousand figures", grown(FIGURES, "more_{0}:\n  kind: count\n  value: {0}\n  label: more\n  source: '1.1'\n", 40_000), "input-size", FIGURES),
    Case("YAML: a text without an end", swap(SETTINGS, "tests.", "word " * 20_000), "text-length", SETTINGS, "description"),
    Case("YAML: a comment that becomes a command", swap(LABELS, "comment:", "comment: !!python/name:os.system"), "yaml-tag", LABELS, "!!python"),
    Case("YAML: an entry of a chart twice", swap(CHART, "kind: column", "kind: column\nkind: bar"), "yaml-duplicate", CHART, "kind: bar"),
    Case("YAML: a source that is a pattern", swap(FIGURES, '"1.1"', '"' + "1." * 2_400 + 'x"'), "figure-field", FIGURES, "1.1.1"),
)  # fmt: skip

MARKDOWN = (
    markdown("quotes in quotes", "> " * DEEP + "word", "nesting"),
    markdown("lists in lists", "- " * DEEP + "word", "nesting"),
    markdown("lists of seven levels", "\n".join("  " * n + "- word" for n in range(7)), "list-depth", at=69),
    markdown("stress in stress", "*" * DEEP + "word" + "*" * DEEP, "nesting"),
    markdown("stress in stress, by turns", "*a **b " * 300 + "c" + "** d*" * 300, "nesting"),
    markdown("links in links", "[" * 400 + "word" + "](#blocks)" * 400, "nesting"),
    markdown("brackets without an end", "[" * WIDE, "text-length"),
    markdown("pictures without an end", "![" * 300, "nesting"),
    markdown("a text without an end", "word " * 20_000, "text-length"),
    markdown("a word without an end", "w" * 200_000, "text-length"),
    markdown("comments without an end", "<!-- " * 10_000, "raw-html"),
    markdown("a row with more cells than the header", "| a |\n|---|\n| b | c |", "table-cells", "| a |\n|---|\n| b |", at="| b | c |"),
    markdown("a heading of level five", "##### Word {#word}", "heading-level", "## Word {#word}"),
    markdown("an anchor that is a path", "## Word {#../../etc}", "anchor-form", "## Word {#word}"),
    markdown("an anchor with a quotation mark", '## Word {#a" onclick="x}', "anchor-form", "## Word {#word}"),
    markdown("an anchor without an end", "## Word {#" + "a" * 2000 + "}", "anchor-form", "## Word {#word}"),
    markdown("an anchor twice", "## Word {#lists}", "anchor-twice", "## Word {#word}"),
    markdown("a note whose name is code", 'Words.[^"><script>]\n\n[^"><script>]: A note.', "note-label", "Words.[^third]\n\n[^third]: A note.", at=66),
    markdown("a note whose name has no end", "Words.[^" + "a" * 2000 + "]\n\n[^" + "a" * 2000 + "]: A note.", "note-label", "Words.[^third]\n\n[^third]: A note.", at=66),
    markdown("a note that calls itself", "Words.[^third]\n\n[^third]: A note.[^third]", "note-calls", "Words.[^third]\n\n[^third]: A note.", at="[^third]: A", others=("note-place",)),
    markdown("a list that begins at a thousand million", "999999999. word", "list-start", "5. word"),
    markdown("a line across", "***", "unsupported-block"),
    Case("Markdown: a chapter that nobody lists", put("content/sampler/03-more.md", "# More {#more}\n\nWords."), "chapter-unlisted", "content/sampler/03-more.md"),
    Case("Markdown: a chapter twice", swap(SETTINGS, "02-blocks.md]", "02-blocks.md, 02-blocks.md]"), "yaml-twice", SETTINGS, "chapters"),
)  # fmt: skip

_HUGE = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 6, 0, 0, 0)

PICTURES = (
    picture("nothing", b"", "image-format"),
    picture("a page", b"<html><script>x</script></html>", "image-format"),
    picture("a drawing", b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', "image-format"),
    picture("a moving picture", other("GIF"), "image-format"),
    picture("a WebP", other("WEBP"), "image-format"),
    picture("a TIFF", other("TIFF"), "image-format"),
    picture("PostScript, which runs", other("EPS"), "image-format"),
    picture("an archive", b"PK\3\4" + bytes(100), "image-format"),
    picture("PostScript after the mark of a PNG", b"\x89PNG\r\n\x1a\n" + other("EPS"), "image-format"),
    picture("half a PNG", png()[:40], "image-damaged"),
    picture("half a JPEG", jpeg()[:-100], "image-damaged"),
    picture("a thousand million pixels", png(32_000, 32_000), "image-size"),
    picture("as many pixels as can be said", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + _HUGE + struct.pack(">I", zlib.crc32(b"IHDR" + _HUGE)) + png()[33:], "image-size"),
    picture("a line of pixels", png(60_000, 1), "image-size"),
    picture("too many bytes", png() + bytes(11_000_000), "input-size"),
    picture("an archive at its end", png() + b"PK\3\4" + bytes(50), "image-damaged"),
    picture("an archive at the end of a JPEG", jpeg() + b"PK\3\4" + bytes(50), "image-damaged"),
    picture("a text that bursts", png(more=((b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000), 9)),)), "image-private"),
    picture("an author", png(more=((b"tEXt", b"Author\0Somebody"),)), "image-private"),
    picture("a colour profile that bursts", png(more=((b"iCCP", b"a\0\0" + zlib.compress(bytes(50_000_000), 9)),)), "image-damaged"),
    picture("where it was taken", jpeg(exif=exif()), "image-private"),
    picture("a remark", jpeg(comment=b"Somebody"), "image-private"),
    picture("a moving PNG", png(more=((b"acTL", struct.pack(">II", 2, 0)),)), "image-format"),
)  # fmt: skip

NAMES = (
    Case("a publication that Windows cannot hold", both(moved("content/sampler", "content/con"), moved("locales/kk/LC_MESSAGES/sampler.po", "locales/kk/LC_MESSAGES/con.po")), "publication-name", "content/con/publication.yaml"),
    Case("a publication in capitals", moved("content/sampler", "content/SAMPLER"), "publication-name", "content/SAMPLER/publication.yaml"),
    Case("a publication with a space", moved("content/sampler", "content/sam pler"), "publication-name", "content/sam pler/publication.yaml"),
    Case("a publication that turns round the order of a line", moved("content/sampler", "content/sam\u202epler"), "publication-name", "content/sam\\u202epler/publication.yaml"),
    Case("a publication that moves a terminal's cursor", moved("content/sampler", "content/sam\x1b[2Jpler"), "publication-name", "content/sam\\x1b[2Jpler/publication.yaml"),
    Case("a publication that is an option", moved("content/sampler", "content/--release"), "publication-name", "content/--release/publication.yaml"),
    Case("a publication that is a command", moved("content/sampler", "content/$(id)"), "publication-name", "content/$(id)/publication.yaml"),
    Case("a publication in Cyrillic", moved("content/sampler", "content/әдіс"), "publication-name", "content/әдіс/publication.yaml"),
    Case("a publication whose name has no end", moved("content/sampler", "content/" + "a" * 100), "publication-name", f"content/{'a' * 100}/publication.yaml"),
    Case("a publication with the name of the templates' words", moved("content/sampler", "content/kzpub"), "publication-name", "content/kzpub/publication.yaml"),
    Case("a publication that is a list of all", moved("content/sampler", "content/all"), "publication-name", "content/all/publication.yaml"),
    Case("a chart whose name is a path of Windows", both(moved(CHART, "content/sampler/a\\b.chart.yaml"), swap(BLOCKS, "complaints.chart", "a%5Cb.chart")), "chart-name", "content/sampler/a\\b.chart.yaml", 1),
    Case("a chart that nothing shows", put("content/sampler/more.chart.yaml", "kind: bar\n"), "chart-unplaced", "content/sampler/more.chart.yaml"),
    Case("a chapter whose name moves a cursor", both(moved(TEXT, "content/sampler/a\x1b[2J.md"), swap(SETTINGS, "01-text.md", '"a\\e[2J.md"')), "character-unseen", SETTINGS, "chapters"),
)  # fmt: skip
CASES = (*YAML, *MARKDOWN, *PICTURES, *NAMES)
