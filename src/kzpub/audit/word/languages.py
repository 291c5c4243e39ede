"""The languages of a Word file: marked everywhere, true, and that of the file wherever nothing else is said.

A text is told by its letters and by words that only one language has; what could be of two languages is let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kzpub.audit.phrases import is_file_name
from kzpub.audit.tongues import is_in_another, named, told
from kzpub.audit.word.file import Element, WordFile, find, said, tag, text, value
from kzpub.languages import LANGUAGES

_REGIONS = {record.region_tag: record.tag for record in LANGUAGES.values()}
_CHART = re.compile(r"word/charts/\w+\.xml")
_DECORATIVE = "a:extLst/a:ext/*[local-name()='decorative'][@val='1' or @val='true']"


def marked(word: WordFile) -> Iterator[str]:
    """The language of the file is the default, and every run and chart has one that we publish in."""
    own = LANGUAGES[word.finished.language].region_tag
    default = value(word.trees["word/styles.xml"], "w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    if default != own:
        yield f"its default language is “{default}” instead of {own}"
    if (theme := value(word.trees.get("word/settings.xml", word.body), "w:themeFontLang")) not in ("", own):
        yield f"its settings say “{theme}” instead of {own}"
    for name, tree in word.stories().items():
        for run in find(tree, ".//w:r[w:t]"):
            if (said_to_be := word.language_of(run)) not in _REGIONS:
                yield f"“{said(run)}” in {name} is in “{said_to_be}”"
    for name, tree in _charts(word):
        stated = {value(each, ".", "c:val") or each.get("val", "") for each in find(tree, "c:lang")}
        stated |= {each.get("lang", "") for each in find(tree, ".//a:rPr | .//a:defRPr | .//a:endParaRPr")}
        if stated != {own}:
            yield f"{name} is in {', '.join(sorted(stated))} instead of {own}"


def _charts(word: WordFile) -> Iterator[tuple[str, Element]]:
    return ((name, tree) for name, tree in word.trees.items() if _CHART.fullmatch(name))


def true(word: WordFile) -> Iterator[str]:
    """A text is in the language that it is marked with, and most of the file in the file’s own."""
    lengths = dict.fromkeys(_REGIONS.values(), 0)
    for language, shown in _texts(word):
        lengths[language] += len(shown)
        if is_in_another(shown, language):
            yield f"“{shown[:57]}” is not in {named(language)}, as it is marked"
    if max(lengths, key=lambda each: lengths[each]) != word.finished.language and not word.finished.draft:
        yield f"most of it is not in {named(word.finished.language)}"


def _texts(word: WordFile) -> Iterator[tuple[str, str]]:
    """Neighbouring runs of one language in a paragraph; and texts of charts."""
    for _, paragraph in word.paragraphs():
        if word.style_of(paragraph) != "Code Block":
            runs = [run for run in find(paragraph, ".//w:r[w:t]") if value(run, "w:rPr/w:rStyle") != "Code"]
            for language, group in groupby(runs, lambda run: _REGIONS.get(word.language_of(run), "")):
                if language:
                    yield language, "".join(map(text, group))
    for _, tree in _charts(word):
        for each in find(tree, ".//a:p | .//c:pt"):
            yield word.finished.language, "".join(str(shown) for shown in each.itertext())


# -- Pictures ---------------------------------------------------------------------------------------------------------


def pictured(word: WordFile) -> Iterator[str]:
    """Every picture and chart has words in its place, in a language of the file; an ornament says that it is one."""
    for name, tree in word.stories().items():
        for drawing in find(tree, ".//wp:docPr"):
            shown, alt = drawing.get("name", ""), " ".join((drawing.get("descr") or "").split())
            if not alt and not find(drawing, _DECORATIVE):
                yield f"the picture {shown} in {name} has no words in its place"
            elif is_file_name(alt) or (alt and alt == shown):
                yield f"the picture {shown} has the name of a file in its place"
            elif (other := told(alt)) not in ("", word.finished.language) and not _barred(drawing):
                yield f"the words in the place of the picture {shown} are in {named(other)}"
        if find(tree, ".//w:pict | .//w:object"):
            yield f"{name} has a picture in a form that has no place for words"


def _barred(drawing: Element) -> bool:
    """Whether a draft marks the paragraph of a picture as not translated."""
    paragraph = next(drawing.iterancestors(tag("w:p")))
    return bool(find(paragraph, "w:pPr/w:pBdr/w:left[@w:val='dashed']"))
