"""Active content: what would run, fetch or lead elsewhere in a finished file, in a text or in a drawing."""

from __future__ import annotations

from tests.hostile.bank import (
    BLOCKS,
    KAZAKH,
    LABELS_KAZAKH,
    SETTINGS,
    TEXT,
    Case,
    Change,
    added,
    both,
    msgid,
    put,
    said,
    swap,
)

PARAGRAPH, TRANSLATED = "The last paragraph.", "Соңғы абзац."
LINK = "[link](https://example.org/a)"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="48" height="24">{}</svg>'
)
PATH = '<path d="M0 0h4"/>'


def author(id: str, markdown: str, code: str, twin: str = "") -> Case:
    """Something that an author writes at the end of a chapter; and the same, harmless."""
    return Case(
        f"an author: {id}",
        added(markdown),
        code,
        BLOCKS,
        markdown.split("\n", maxsplit=1)[0],
        twin=added(twin) if twin else None,
    )


def translator(id: str, text: str, code: str, *others: str) -> Case:
    """Something that a translator adds to a sentence."""
    return Case(
        f"a translator: {id}", said(PARAGRAPH, f"Соңғы {text} абзац."), code, KAZAKH, msgid(PARAGRAPH), others=others
    )


def drawing(id: str, inner: str, name: str = "ornament", **more: object) -> Case:
    """Something in a drawing of the templates, and the drawing without it."""
    path = f"templates/{name}.svg"
    return Case(
        f"a drawing: {id}",
        put(path, DRAWING.format(PATH + "\n" + inner)),
        "svg-content",
        path,
        2,
        twin=put(path, DRAWING.format(PATH)),
    )


def whole(text: str) -> Change:
    return put("templates/ornament.svg", text)


CASES = (
    author("a script", "<script>alert(1)</script>", "raw-html"),
    author("a script that a comment hides", "<!-- x --><script>alert(1)</script>", "raw-html"),
    author("a frame in a sentence", "A frame <iframe src=x></iframe> here.", "raw-html", "A frame here."),
    author("an event attribute", "A picture <img src=x onerror=alert(1)> here.", "raw-html", "A picture here."),
    author("a processing instruction", "<?php system('id') ?>", "raw-html"),
    author("a CDATA section", "<![CDATA[ x ]]>", "raw-html"),
    author("a link that runs a script", "See [link](javascript:alert).", "link-target", f"See {LINK}."),
    author("the same in capitals and with a reference", "See [link](JaVa&#115;cript:alert).", "link-target", f"See {LINK}."),
    author("a link of data", "See [link](data:text/html;base64,PHNjcmlwdD4=).", "link-target", f"See {LINK}."),
    author("a link to a file", "See [link](file:///etc/passwd).", "link-target", f"See {LINK}."),
    author("a link without a scheme", "See [link](//example.org/a).", "link-target", f"See {LINK}."),
    author("a link to a folder above", "See [link](../../etc/passwd).", "link-target", f"See {LINK}."),
    author("a link to another machine's share", "See [link](\\\\\\\\host\\\\share).", "link-target", f"See {LINK}."),
    author("a link that starts a program", "See [link](ms-word:ofe|u|https://example.org/a).", "link-target", f"See {LINK}."),
    author("a link with a name and password", "See [link](https://gov.kz:x@example.org/a).", "link-target", f"See {LINK}."),
    author("a link with a name that looks like a site", "See [link](https://gov.kz@example.org/a).", "link-target", f"See {LINK}."),
    author("a link that says another address", "See [https://gov.kz/](https://example.org/a).", "link-target", f"See {LINK}."),
    author("a mail address that writes the mail", "See [link](mailto:a@example.org?bcc=b@example.org).", "link-target", "See [link](mailto:a@example.org)."),
    author("a link in another alphabet's letters", "See [link](https://ехаmple.org/a).", "link-target", f"See {LINK}."),
    author("an automatic link that runs a script", "See <javascript:alert(1)>.", "link-target", "See <https://example.org/a>."),
    author("a picture from the web", "![A square](https://example.org/a.png)", "image-missing", "![A square](squares.png)"),
    author("a picture of data", "![A square](data:image/png;base64,AAAA)", "image-missing", "![A square](squares.png)"),
    author("a picture from a folder above", "![A square](../../templates/word.docx)", "image-missing", "![A square](squares.png)"),
    author("a picture by its whole path", "![A square](/etc/passwd)", "image-missing", "![A square](squares.png)"),
    author("a picture whose path is written in references", "![A square](%2e%2e/%2e%2e/templates/ornament.svg)", "image-missing", "![A square](squares.png)"),
    author("a chart from a folder above", "![A square](../sampler/complaints.chart.yaml)", "chart-missing", "![A square](squares.png)"),
    author("a definition of a link elsewhere", "[link]: https://example.org/a", "markup-left", "Words."),
    Case("an author: a chapter from a folder above", swap(SETTINGS, "01-text.md", "../../templates/print.html"), "chapter-missing", SETTINGS, "chapters"),
    Case("an author: a chapter by its whole path", swap(SETTINGS, "01-text.md", "/etc/passwd"), "chapter-missing", SETTINGS, "chapters"),
    Case("an author: HTML in a title", swap(SETTINGS, "Sampler of", "<b onclick=x>Sampler</b> of"), "raw-html", SETTINGS, "title"),
    Case("an author: template syntax in a chapter", swap(TEXT, "Under a heading of the third", "{{ 7*7 }} of the third"), "markup-template", TEXT, "{{ 7*7", others=("placeholder-broken",)),
    translator("a script", "<script>alert(1)</script>", "raw-html"),
    translator("a frame that is not closed", "<iframe src=x", "script-mixed", "kazakh-latin"),
    translator("a comment", "<!-- x -->", "raw-html"),
    translator("a link that runs a script", "[сілтеме](javascript:alert)", "link-target"),
    translator("a link to elsewhere", "[сілтеме](https://example.org/evil)", "link-differs"),
    translator("a link that has no words", "[](https://example.org/evil)", "link-empty"),
    translator("a picture", "![сурет](https://example.org/a.png)", "image-in-text"),
    translator("template syntax", "{{ 7*7 }}", "markup-template", "placeholder-broken", "fact-differs"),
    translator("template syntax that opens a block", "{% include 'x' %}", "markup-template", "placeholder-broken", "kazakh-latin", "script-mixed"),
    translator("an attribute of an object", "{period.real}", "placeholder-broken", "kazakh-latin"),
    translator("an address that nobody wrote", "https://example.org/evil", "fact-differs"),
    translator("a reference to a character", "&#60;script&#62;", "markup-reference", "kazakh-latin", "language-left"),
    translator("a mark of a shell", "${HOME}", "markup-template", "placeholder-broken", "script-mixed", "kazakh-latin"),
    Case("a translator: a script in a word of the templates", said("Contents", "<script>x</script>", LABELS_KAZAKH), "raw-html", LABELS_KAZAKH, msgid("Contents"), others=("script-mixed", "kazakh-latin")),
    Case("a translator: the end of a style in a word of the templates", said("Contents", "</style><b>", LABELS_KAZAKH), "raw-html", LABELS_KAZAKH, msgid("Contents")),
    Case("a translator: template syntax in a word of the templates", said("Contents", "{{ 7*7 }}", LABELS_KAZAKH), "markup-template", LABELS_KAZAKH, msgid("Contents"), others=("placeholder-broken", "fact-differs")),
    drawing("a script", "<script>alert(1)</script>"),
    drawing("a script in its attribute", '<path onload="alert(1)" d="M0 0"/>'),
    drawing("a page inside", '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
    drawing("a picture from the web", '<image href="https://example.org/a.png"/>'),
    drawing("a part of a file", '<use xlink:href="file:///etc/passwd#x"/>'),
    drawing("a picture of data", '<image href="data:image/png;base64,AAAA"/>'),
    drawing("a style that fetches", '<path style="fill:url(https://example.org/a)" d="M0 0"/>'),
    drawing("a fill from elsewhere", '<path fill="url(https://example.org/a#b)" d="M0 0"/>'),
    drawing("a stylesheet", "<style>@import url(https://example.org/a)</style>"),
    drawing("a link", '<a href="https://example.org/">' + PATH + "</a>"),
    drawing("an animation", '<set attributeName="onload" to="alert(1)"/>'),
    drawing("a stylesheet by a processing instruction", '<?xml-stylesheet href="https://example.org/a"?>'),
    drawing("a reference to itself", '<g id="a"><use href="#a"/></g>'),
    Case("a drawing: a DOCTYPE", whole('<!DOCTYPE svg SYSTEM "file:///etc/passwd">\n' + DRAWING.format(PATH)), "svg-content", "templates/ornament.svg", 1, twin=whole("\n" + DRAWING.format(PATH))),
    Case("a drawing: a thousand million laughs", whole('<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n' + DRAWING.format("<title>&b;</title>")), "svg-content", "templates/ornament.svg", 1, twin=whole("\n" + DRAWING.format("<title>ha</title>"))),
    Case("a drawing: nested without an end", whole(DRAWING.format("<g>" * 5000 + PATH + "</g>" * 5000)), "svg-content", "templates/ornament.svg", 1, twin=whole(DRAWING.format("<g>" * 5 + PATH + "</g>" * 5))),
    Case("a drawing: too large", whole(DRAWING.format(PATH * 50_000)), "input-size", "templates/ornament.svg", twin=whole(DRAWING.format(PATH * 50))),
    Case("a drawing: not well-formed", whole(DRAWING.format("<g>")), "svg-content", "templates/ornament.svg", 1, twin=whole(DRAWING.format("<g/>"))),
    Case("a drawing: another encoding", whole(DRAWING.format("<title>\udcff</title>")), "not-utf8", "templates/ornament.svg", 1, twin=whole(DRAWING.format("<title>я</title>"))),
    Case("a drawing: a page for a drawing", whole("<html/>"), "svg-content", "templates/ornament.svg", 1),
    Case("a drawing: both a NUL and a script", both(whole(DRAWING.format("\0<script/>"))), "character-unseen", "templates/ornament.svg", 1, twin=whole(DRAWING.format(PATH))),
)  # fmt: skip
