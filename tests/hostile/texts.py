"""Unicode, placeholders, and meaning changed: texts that look right, and are not."""

from __future__ import annotations

from tests.hostile.bank import (
    BLOCKS,
    CHART,
    FIGURES,
    KAZAKH,
    LABELS,
    LABELS_KAZAKH,
    SETTINGS,
    TEXT,
    Case,
    added,
    both,
    msgid,
    said,
    swap,
)

PARAGRAPH, THIRD = "The last paragraph.", "Under a heading of the third level."
FIGURES_IN_TEXT = "Figures: 22,000 people, 12.5% and “quoted” text, a < b & c, 5 \\\\* 3."
CAPTION = "Complaints in {period}"


def kazakh(id: str, source: str, translation: str, code: str, *others: str) -> Case:
    """Another translation of a message."""
    return Case(f"a translator: {id}", said(source, translation), code, KAZAKH, msgid(source), others=others)


def author(id: str, text: str, code: str, twin: str = "Words at the end.", *others: str) -> Case:
    return Case(
        f"an author: {id}", added(text), code, BLOCKS, text.split("\n", maxsplit=1)[0], twin=added(twin), others=others
    )


def unseen(id: str, character: str) -> tuple[Case, Case]:
    """A character that nobody sees, in a catalogue and in a chapter."""
    return (
        Case(f"a translator: {id}", said(PARAGRAPH, f"Соңғы{character} абзац."), "catalogue-character", KAZAKH, f"Соңғы{character}"),
        Case(f"an author: {id}", swap(BLOCKS, "The last", f"The{character} last"), "character-unseen", BLOCKS, f"The{character}"),
    )  # fmt: skip


UNICODE = (
    *unseen("an order turned round", "\u202e"),
    *unseen("an isolate that is not closed", "\u2066"),
    *unseen("a space without width", "\u200b"),
    *unseen("a soft hyphen", "\u00ad"),
    *unseen("a joiner", "\u2060"),
    *unseen("a tag", "\U000e0041"),
    *unseen("a separator of lines", "\u2028"),
    *unseen("a character for private use", "\ue000"),
    *unseen("a code point that is none", "\ufffe"),
    *unseen("a sequence that moves a terminal's cursor", "\x1b[2J"),
    kazakh("a selector of a variant", PARAGRAPH, "Соңғы\ufe0f абзац.", "glyph-missing"),
    kazakh("a letter of another alphabet that looks the same", PARAGRAPH, "Сoңғы абзац.", "script-mixed"),
    kazakh("Greek for Cyrillic", PARAGRAPH, "Сοңғы абзац.", "script-mixed", "glyph-missing"),
    kazakh("a letter without a typeface", PARAGRAPH, "Соңғы 漢 абзац.", "glyph-missing", "language-letter"),
    kazakh(
        "a hundred marks on a letter", PARAGRAPH, "Соңғы\u0334" + "\u0334" * 100 + " абзац.", "glyph-missing", "length"
    ),
    kazakh("digits of another alphabet", "820", "٨٢٠", "fact-differs", "glyph-missing"),
    kazakh("digits of full width", "820", "８２０", "fact-differs", "glyph-missing"),
    author("a letter of another alphabet that looks the same", "Wоrds at the end.", "script-mixed"),
    author("a letter without a typeface", "Words 漢 at the end.", "glyph-missing"),
    author("letters in two parts", "Words cafe\u0301 at the end.", "character-unseen"),
)

PLACEHOLDERS = (
    kazakh("an unknown placeholder", CAPTION, "{jyl} жылдардағы шағымдар", "placeholder-unknown", "placeholder-differs", "catalogue-msgfmt"),
    kazakh("a placeholder lost", CAPTION, "Шағымдар", "placeholder-differs", "catalogue-msgfmt"),
    kazakh("a placeholder twice", CAPTION, "{period} және {period} жылдардағы шағымдар", "placeholder-differs", "catalogue-msgfmt"),
    kazakh("a placeholder of another figure", PARAGRAPH, "Соңғы {complaints_2021} абзац.", "placeholder-differs"),
    kazakh("a placeholder with a format", CAPTION, "{period!r:>99999999} жылдардағы шағымдар", "placeholder-broken", "placeholder-differs", "catalogue-msgfmt"),
    kazakh("a placeholder with an index", CAPTION, "{period[0]} жылдардағы шағымдар", "placeholder-broken", "placeholder-differs", "catalogue-msgfmt"),
    kazakh("a placeholder in a placeholder", CAPTION, "{{period}} жылдардағы шағымдар", "placeholder-broken", "markup-template", "catalogue-msgfmt"),
    kazakh("a placeholder in other letters", CAPTION, "{реriod} жылдардағы шағымдар", "placeholder-broken", "placeholder-differs", "script-mixed", "catalogue-msgfmt"),
    kazakh("a sign before a placeholder", CAPTION, "-{period} жылдардағы шағымдар", "figure-touched", "fact-differs", "catalogue-msgfmt"),
    kazakh("code around a placeholder", CAPTION, "`{period}` жылдардағы шағымдар", "placeholder-differs", "code-differs", "catalogue-msgfmt"),
    Case("a translator: a placeholder lost in a word of the templates", said("Table {number}", "Кесте", LABELS_KAZAKH), "placeholder-differs", LABELS_KAZAKH, msgid("Table {number}"), others=("catalogue-msgfmt",)),
    Case("a translator: a placeholder added in a word of the templates", said("Contents", "Мазмұны {number}", LABELS_KAZAKH), "placeholder-differs", LABELS_KAZAKH, msgid("Contents"), others=("fact-differs",)),
    author("an unknown placeholder", "Words {nothing} here.", "placeholder-unknown"),
    author("a placeholder with an attribute", "Words {period.real} here.", "placeholder-broken"),
    author("a brace alone", "Words } here.", "placeholder-broken", "Words at the end.", "quotation-marks"),
    Case("an author: a placeholder in the title", swap(SETTINGS, "Sampler of", "Sampler {period} of"), "not-plain", SETTINGS, "title:", twin=None),
    Case("an author: a placeholder that a word of the templates does not fill", swap(LABELS, "Table {number}", "Table {word}"), "label-placeholders", LABELS, "Table {word}"),
)  # fmt: skip

MEANING = (
    kazakh("another number", "820", "280", "fact-differs"),
    kazakh("a number ten times as large", "820", "8200", "fact-differs"),
    kazakh("a decimal that moves", FIGURES_IN_TEXT, "Сандар: 22 000 адам, 125% және «тырнақшалы» мәтін, a < b & c, 5 \\\\* 3.", "fact-differs"),
    kazakh("a percentage without its sign", FIGURES_IN_TEXT, "Сандар: 22 000 адам, 12,5 және «тырнақшалы» мәтін, a < b & c, 5 \\\\* 3.", "fact-differs"),
    kazakh("an amount where none was", THIRD, "Үшінші деңгейлі тақырыптың астында 5 млн теңге.", "fact-differs"),
    kazakh("another year", "2021", "2012", "fact-differs"),
    kazakh("another address", "The first note, with an [example](https://example.org/note) and **strong** words.", "Бірінші ескертпе, [сілтемесі](https://example.com/note) және **қалың** сөздері бар.", "link-differs"),
    kazakh("a note lost", "Under a heading of the fourth level. Another note.[^second]", "Төртінші деңгейлі тақырыптың астында. Тағы бір ескертпе.", "note-differs"),
    kazakh("a note called that is another", "Under a heading of the fourth level. Another note.[^second]", "Төртінші деңгейлі тақырыптың астында. Тағы бір ескертпе.[^first]", "note-differs"),
    kazakh("stress lost", "*Astana*", "Астана", "emphasis-differs"),
    kazakh("the source itself", THIRD, THIRD, "translation-same", "fact-differs"),
    kazakh("another language", THIRD, "Под заголовком третьего уровня находится текст.", "language-other", "fact-differs"),
    kazakh("the language in Latin letters", THIRD, "Usinsi dengeili takyryptyn astynda.", "kazakh-latin", "fact-differs"),
    kazakh("a paragraph more", THIRD, "Үшінші деңгейлі тақырыптың астында.\\n\\nТағы бір абзац.", "markup-block", "space-doubled"),
    kazakh("a heading made of a text", THIRD, "# Үшінші деңгейлі тақырыптың астында.", "markup-block"),
    kazakh("a row more in a table", "Almaty", "Алматы | 5", "fact-differs"),
    Case("an author: a value that is no number", swap(FIGURES, "value: 840", "value: 8e9999999"), "figure-value", FIGURES, "8e9999999"),
    Case("an author: a value of a million digits", swap(FIGURES, "value: 840", "value: " + "8" * 4_900), "figure-value", FIGURES, "88888"),
    Case("an author: a value in other digits", swap(FIGURES, "value: 840", "value: ٨٤٠"), "figure-value", FIGURES, "٨٤٠"),
    Case("an author: arithmetic that is code", swap(FIGURES, "value: 840", "derived: __import__('os')"), "figure-derived", FIGURES, "__import__"),
    Case("an author: arithmetic without an end", swap(FIGURES, "value: 1310", "derived: " + "(" * 2_400 + "complaints_2021" + ")" * 2_400), "figure-derived", FIGURES, "(((("),
    Case("an author: arithmetic that grows", swap(FIGURES, "value: 1310", "derived: " + "*".join(["complaints_2021"] * 300)), "figure-derived", FIGURES, "complaints_2021*"),
    Case("an author: a division by nothing", swap(FIGURES, "value: 1310", "derived: complaints_2021 / 0"), "figure-derived", FIGURES, "/ 0"),
    Case("an author: a chart of a figure that is none", swap(CHART, "complaints_2022", "complaints_2020"), "chart-figure", CHART, "complaints_2020", others=("figure-unused",)),
    Case("an author: a number typed over the register", added("In 2023 there were 22,100 complaints."), "figure-typed", BLOCKS, "22,100", twin=added("There were complaints.")),
    Case("an author: another number in a chapter", both(swap(TEXT, "22,000 people", "22,001 people")), "translation-missing", "locales/kk/LC_MESSAGES/sampler.po", command=("--lang", "kk", "--format", "html", "--quiet", "--release"), others=("catalogue-stranger",)),
)  # fmt: skip
CASES = (*UNICODE, *PLACEHOLDERS, *MEANING)
