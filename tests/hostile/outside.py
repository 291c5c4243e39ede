"""Packages, templates and the environment: a Word file from outside, code in templates, a hostile machine."""

from __future__ import annotations

import struct

from tests.hostile.bank import LABELS, USAGE, WORD, Case, both, put, swap
from tests.hostile.make import fifo, gone, link, packed, part, related, repacked, together, with_part

DOCUMENT, WORDS = "word/document.xml", ("--lang", "en", "--format", "docx", "--quiet")
TITLE = "<w:t>{title}</w:t>"
AFTER = "</w:body>"
TYPES = "[Content_Types].xml"


def word(id: str, *changes: object, code: str = "template-docx", others: tuple[str, ...] = ()) -> Case:
    """Something in the Word template."""
    return Case(f"a Word file: {id}", repacked(together(*changes)), code, WORD, command=WORDS, others=others)  # type: ignore[arg-type]


def field(instruction: str) -> object:
    """A field in the body."""
    return part(DOCUMENT, "<w:sectPr", f'<w:p><w:fldSimple w:instr="{instruction}"/></w:p><w:sectPr')


def inside(xml: str) -> object:
    """Something at the end of the body."""
    return part(DOCUMENT, "<w:sectPr", f"{xml}<w:sectPr")


def raw(id: str, data: bytes) -> Case:
    return Case(f"a Word file: {id}", put(WORD, data), "template-docx", WORD, command=WORDS)


def _lying() -> bytes:
    """A package that says of a part that it is small."""
    data = bytearray(packed({TYPES: b"<a/>", "word/document.xml": bytes(200_000)}))
    place = data.rindex(b"PK\1\2")
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(data)


def _encrypted() -> bytes:
    data = bytearray(packed({TYPES: b"<a/>"}))
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def _strange() -> bytes:
    """A package with a way of packing that nobody knows."""
    data = bytearray(packed({TYPES: b"<a/>"}))
    for mark, offset in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        data[data.index(mark) + offset] = 99
    return bytes(data)


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "ha">'
    + "".join(f'<!ENTITY b{n} "{"&b" + str(n - 1) + ";" if n else "&b;"}">' for n in range(3))
    + "]>"
)
PACKAGES = (
    raw("nothing", b""),
    raw("no package", b"PK\3\4 no package at all"),
    raw("an old Word file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    raw("half of one", packed({TYPES: b"<a/>" * 500})[:60]),
    raw("a package of nothing", packed({})),
    raw("encrypted", _encrypted()),
    raw("packed in a way that nobody knows", _strange()),
    raw("a part that says another size", _lying()),
    raw("a part that bursts", packed({TYPES: b"<a/>", "word/media/a.png": bytes(200_000_000)})),
    raw("ten thousand parts", packed({f"word/{n}.xml": b"<a/>" for n in range(10_000)})),
    word("a part outside its folder", with_part("../../evil.xml", b"<a/>")),
    word("a part by its whole path", with_part("/etc/evil.xml", b"<a/>")),
    word("a part with the path of Windows", with_part("word\\..\\evil.xml", b"<a/>")),
    word("macros", with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")),
    word("a part that can hold macros", part(TYPES, "wordprocessingml.document.main+xml", "wordprocessingml.document.macroEnabled.main+xml")),
    word("a control", with_part("word/activeX/activeX1.xml", b"<a/>")),
    word("an object of another program", with_part("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")),
    word("an embedded workbook", with_part("word/embeddings/book.xlsx", packed({"a": b"b"}))),
    word("a template from elsewhere", related("attachedTemplate", "https://example.org/a.dotm", of="settings")),
    word("a picture from elsewhere", related("image", "https://example.org/a.png")),
    word("a link that runs a script", related("hyperlink", "javascript:alert(1)")),
    word("a frame", related("frame", "file:///etc/passwd")),
    word("another document inside", inside('<w:altChunk r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>')),
    word("a field that fetches", field("INCLUDETEXT &quot;https://example.org/a&quot;")),
    word("a field that runs a program", field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe &quot;/k calc&quot;")),
    word("a field that fetches a picture", inside('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "https://example.org/a"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')),
    word("a field that links", field("HYPERLINK &quot;https://example.org/&quot;")),
    word("a mark of a change", inside('<w:p><w:ins w:id="1" w:author="Somebody"><w:r><w:t>x</w:t></w:r></w:ins></w:p>')),
    word("words that were struck", inside('<w:p><w:del w:id="1" w:author="Somebody"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>')),
    word("words that are hidden", inside("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>")),
    word("comments", with_part("word/comments.xml", b"<a/>")),
    word("data of somebody's own", with_part("customXml/item1.xml", b"<a/>")),
    word("a DOCTYPE", part(DOCUMENT, "<w:document", LAUGHS + "<w:document")),
    word("a part that is not well-formed", part(DOCUMENT, "</w:body>", "")),
    word("a part in UTF-16", lambda parts: parts.update({"word/settings.xml": parts["word/settings.xml"].decode().encode("utf-16")})),
    word("no styles", lambda parts: parts.pop("word/styles.xml")),
    word("no text", lambda parts: parts.pop(DOCUMENT)),
    word("an unknown placeholder", part(DOCUMENT, "{subtitle}", "{nothing}"), code="template-fill"),
    word("a placeholder lost", part(DOCUMENT, "{body}", "body"), code="template-fill"),
    Case("a Word file: too many bytes", put(WORD, b"PK\3\4" + bytes(12_000_000)), "input-size", WORD, command=WORDS),
    Case("a Word file: none", gone(WORD), "file-missing", WORD, command=WORDS),
    Case("a Word file: a link out of the project", link(WORD, "/etc/passwd"), "input-link", WORD, command=WORDS),
    Case("a Word file: a named pipe", both(gone(WORD), fifo(WORD)), "file-unreadable", WORD, command=WORDS),
)  # fmt: skip

WEB, PRINT = "templates/web.html", "templates/print.html"
BODY = "{{ body }}"


def web(id: str, more: str, code: str = "template-fill") -> Case:
    """Something in the template of the page, in its first line."""
    return Case(f"a template: {id}", swap(WEB, BODY, more + BODY), code, WEB, more.split("\n", maxsplit=1)[0])


TEMPLATES = (
    web("a name that is not there", "{{ nothing }}"),
    web("a name that is not there, asked whether it is", "{% if nothing %}x{% endif %}"),
    web("what is not there of what is", "{{ edition.nothing }}"),
    web("what Python keeps to itself", "{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    web("the way to a module", "{{ cycler.__init__.__globals__.os.popen('id').read() }}"),
    web("the way to a module by a filter", "{{ ''|attr('__class__')|attr('__mro__') }}"),
    web("a file beside it", "{{ edition.templates.joinpath('labels.yaml').read_text() }}"),
    web("a file that is written", "{{ (edition.templates / 'evil').write_text('x') }}"),
    web("another file taken in", "{% include '/etc/passwd' %}"),
    web("another file taken in from above", "{% include '../content/sampler/figures.yaml' %}"),
    web("a drawing that is none", "{{ drawing('web.css') }}"),
    web("a drawing from elsewhere", "{{ drawing('../../../etc/passwd') }}"),
    Case("a template: a drawing that is not there", swap(WEB, BODY, "{{ drawing('nothing.svg') }}" + BODY), "file-missing", "templates/nothing.svg"),
    web("a count without an end", "{% for n in range(10000000) %}x{% endfor %}"),
    web("an error", "{{ 1 // 0 }}"),
    web("a call of itself", "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}"),
    Case("a template: a block that is not closed", swap(WEB, BODY, "{% if true %}" + BODY), "template-syntax", WEB, 91),
    web("a statement that is none", "{% import_os %}", code="template-syntax"),
    Case("a template: none", gone(WEB), "template-fill", WEB),
    Case("a template: not in UTF-8", swap(WEB, b"<main", b"\xff<main"), "not-utf8", WEB, "<main"),
    Case("a template: a named pipe", both(gone(WEB), fifo(WEB)), "file-unreadable", WEB),
    Case("a template: a link out of the project", link(WEB, "/etc/passwd"), "input-link", WEB),
    Case("a template: without labels", gone(LABELS), "file-missing", LABELS),
    Case("a template: a label lost", swap(LABELS, "draft_mark:", "draft_marks:"), "label-missing", LABELS, 3),
    Case("a template: code in a label", swap(LABELS, "text: Contents", "text: <script>x</script>"), "raw-html", LABELS, "<script>"),
    Case("a typeface: none at all", both(*(gone(f"templates/fonts/{f}-{s}.ttf") for f, ss in (("SourceSans3", ("Bold", "BoldIt", "It", "Regular")), ("SourceSerif4", ("Bold", "BoldIt", "It", "Regular"))) for s in ss)), "fonts-missing", "templates/fonts"),
    Case("a typeface: damaged", put("templates/fonts/SourceSans3-Bold.ttf", b"\0\1\0\0" + bytes(100)), "font-damaged", "templates/fonts/SourceSans3-Bold.ttf"),
    Case("a typeface: a named pipe", both(gone("templates/fonts/SourceSans3-Bold.ttf"), fifo("templates/fonts/SourceSans3-Bold.ttf")), "file-unreadable", "templates/fonts/SourceSans3-Bold.ttf"),
)  # fmt: skip


def asked(id: str, *arguments: str) -> Case:
    """A command that nobody means well."""
    return Case(f"a command: {id}", lambda root: None, "usage", command=(*arguments, "--quiet"), exit=USAGE)


COMMANDS = (
    asked("a language that is a path", "--lang", "../../etc"),
    asked("a language that moves a cursor", "--lang", "\x1b[2Jkk"),
    asked("a language that turns round the order of a line", "--lang", "\u202ekk"),
    asked("a language that is no text", "--lang", "\udcff"),
    asked("a format that is none", "--format", "exe"),
    asked("a publication from elsewhere", "--publication", "../../etc"),
    asked("a publication by its whole path", "--publication", "/etc"),
    asked("an option that is none", "--\x1b[2J"),
    asked("output among the sources", "--out", "content"),
    asked("output among the templates", "--out", "templates/fonts"),
)
CASES = (*PACKAGES, *TEMPLATES, *COMMANDS)
