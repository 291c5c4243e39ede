"""The yardstick: the same publication by a plain script, as it is written in an afternoon with the same libraries.

``python benchmarks/plain.py --out FOLDER [--lang kk] [--format pdf]``: the same texts, catalogues, templates, styles,
tables and charts, one after the other, without our checks, typography, second layouts and measures for speed. Its Word
half is ``plainword.py``; ``compare.py`` counts what is in its files and in ours.
"""

import argparse
import io
import re
from base64 import b64encode
from functools import cache
from gettext import c2py
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import uharfbuzz
import weasyprint
import yaml
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from fontTools.ttLib import TTFont
from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from matplotlib import font_manager, pyplot

from plainword import word

ROOT = Path(__file__).resolve().parent.parent
ID, FORMATS = "human-rights-factsheet", ("pdf", "docx", "html")
CONTENT, TEMPLATES = ROOT / "content" / ID, ROOT / "templates"
LANGUAGES = {
    "en": SimpleNamespace(tag="en", name="English", locale="en_GB", region_tag="en-GB", date="d MMMM y"),
    "kk": SimpleNamespace(tag="kk", name="Қазақша", locale="kk", region_tag="kk-KZ", date="y 'жылғы' d MMMM"),
    "ru": SimpleNamespace(tag="ru", name="Русский", locale="ru", region_tag="ru-RU", date="d MMMM y 'года'"),
}
MONEY = {"en": "${}", "kk": "{} АҚШ доллары", "ru": "{} долларов США"}
SCALES: Any = {("count", "en"): "long", ("count", "kk"): "long", ("money", "en"): "long"}
MARKDOWN = MarkdownIt("commonmark")


@cache
def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


# -- Texts and figures -----------------------------------------------------------------------------------------------


class Texts:
    """The messages and the figures of one language."""

    def __init__(self, tag: str) -> None:
        self.language, self.plural = LANGUAGES[tag], c2py("n != 1")
        self.messages: dict[Any, Any] = {}
        for domain in (ID, "kzpub") if tag != "en" else ():
            with (ROOT / "locales" / tag / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
                catalogue = read_po(file)
            self.plural = c2py(catalogue.plural_expr)
            for each in catalogue:
                self.messages[each.context, each.id if isinstance(each.id, str) else each.id[0]] = each.string
        self.settings, self.register = load(CONTENT / "publication.yaml"), load(CONTENT / "figures.yaml")
        self.values = {"period": self.settings["period"]}
        operands: dict[str, Any] = {}
        for id, figure in self.register.items():
            if "derived" in figure:
                figure["value"] = round(eval(figure["derived"], dict(operands)))
            operands[id] = figure["value"] / 100 if figure["kind"] == "percent" else figure["value"]
            as_of = str(figure.get("as_of", "")).replace("-", "–")
            self.values |= {id: self.printed(**figure), f"{id}_as_of": as_of, f"{id}_as_of_years": as_of}
        labels = load(TEMPLATES / "labels.yaml")
        self.labels = {name: self.text(each["text"], "template") for name, each in labels.items()}

    def text(self, source: str, context: str, singular: str = "", counted: str = "") -> str:
        """A message translated, its figures filled in."""
        source, singular = " ".join(source.split()), " ".join(singular.split())
        found = self.messages.get((context, singular or source))
        if counted:
            found = (found or (singular, source))[self.plural(self.register[counted]["value"])]
        return re.sub(r"\{(\w+)\}", lambda name: self.values.get(name[1], name[0]), found or source)

    def label(self, name: str, **values: object) -> str:
        return self.labels[name].format(**values)

    def printed(self, kind: str, value: Any, **_: object) -> str:
        """A figure as the language writes it."""
        locale, tag = self.language.locale, self.language.tag
        if kind == "percent":
            return format_percent(value / 100, locale=locale)
        if kind in ("count", "money") and value >= 1_000_000:
            scaled = format_compact_decimal(value, format_type=SCALES.get((kind, tag), "short"), locale=locale)
            return (MONEY[tag].format(scaled) if kind == "money" else scaled).replace(" ", "\u00a0")
        if kind in ("rank", "ordinal") and tag == "en":
            return f"{value}{'rd' if value % 10 == 3 else 'th'}"
        return format_decimal(value, locale=locale) if kind == "count" else str(value).replace("-", "–")

    def alone(self, id: str) -> str:
        figure = self.register[id]
        value = self.text(figure["alone"], f"figures/{id}") if "alone" in figure else self.values[id]
        return self.label(figure["qualifier"].replace(" ", "_"), value=value) if "qualifier" in figure else value

    def name(self, id: str) -> str:
        name, as_of = self.text(self.register[id]["label"], f"figures/{id}"), self.values[f"{id}_as_of"]
        return f"{name} ({as_of})" if as_of else name

    def arithmetic(self, id: str) -> str:
        derived = self.register[id]["derived"]
        used = re.findall("[a-z_]+", derived)
        names = ", ".join(self.text(self.register[each]["label"], f"figures/{each}") for each in used)
        formula = re.sub("[a-z_]+", lambda name: self.values[name[0]], derived).replace("*", "×").replace("-", "−")
        shown = self.label("derived", figures=names, arithmetic=f"{formula} = {self.values[id]}")
        return shown if used else self.label("derived_base")


# -- The publication as HTML -----------------------------------------------------------------------------------------

JINJA = Environment(
    loader=FileSystemLoader([TEMPLATES, Path(__file__).parent]), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
JINJA.filters["plain"] = str
JINJA.globals["next"] = next
JINJA.globals["drawing"] = lambda name: f"data:image/svg+xml,{quote((TEMPLATES / name).read_text('utf-8'))}"
PIECES: Any = JINJA.get_template("plain.html").module


def body(texts: Texts, pictures: list[Any]) -> str:
    """All chapters and the section of figures; charts are added to the pictures."""
    charts: list[Any] = []
    parts = [chapter(texts, (CONTENT / name).read_text("utf-8"), charts) for name in texts.settings["chapters"]]
    sections: dict[str, list[Any]] = {}
    for id, figure in texts.register.items():
        name = texts.name(id) + (f" {texts.arithmetic(id)}" if "derived" in figure else "")
        sections.setdefault(figure["source"][0], []).append((name, texts.alone(id), f"§ {figure['source']}"))
    pictures += [each["figure"] for each in charts]
    end = PIECES.end(sections, charts, texts.label, count(1))
    return "".join(f"<section>{part}</section>" for part in parts) + str(end)


def chapter(texts: Texts, source: str, charts: list[Any]) -> str:
    path: list[str] = []
    plural: tuple[str, ...] = ()
    tokens = MARKDOWN.parse(source)
    for position, token in enumerate(tokens):
        if token.type == "html_block" and (found := re.match(r"<!-- one (\w+):(.*)-->", token.content, re.DOTALL)):
            plural, token.content = (found[2], found[1]), ""
        if token.type != "inline" or not token.children:
            continue
        before, after, first = tokens[position - 1], tokens[position + 1], token.children[0]
        if before.type == "heading_open":
            token.content, anchor = token.content.removesuffix("}").split(" {#")
            path = [*path[: int(before.tag[1]) - 1], anchor]
            before.tag = after.tag = f"h{int(before.tag[1]) + 1}"
            before.attrs["id"] = anchor
        if first.type == "image":
            before.hidden = after.hidden = True
            said = [texts.text(str(each), "/".join(path)) for each in (first.content, first.attrs["title"])]
            charts.append(chart(texts, CONTENT / str(first.attrs["src"]), len(charts) + 1, *said))
            tokens[position] = Token("html_block", "", 0, content=str(PIECES.chart(charts[-1], texts.label)))
        else:
            tokens[position] = MARKDOWN.parseInline(texts.text(token.content, "/".join(path), *plural))[0]
            plural = ()
    return str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))


def chart(texts: Texts, path: Path, number: int, alt: str, caption: str) -> dict[str, Any]:
    given, context = load(path), f"charts/{path.name.removesuffix('.chart.yaml')}"
    (series,) = given["series"]
    categories = [texts.text(each, context) for each in given["categories"]]
    rows = list(zip(categories, map(texts.alone, series["figures"]), strict=True))
    values = [texts.register[id]["value"] for id in series["figures"]]
    figure = drawn(given["kind"] == "bar", rows, values, texts.text(given["value_axis"], context))
    image = b64encode(saved(figure, "svg")).decode()
    said = {"alt": alt, "caption": caption, "source": texts.text(given["source"], context)}
    series = texts.text(series["name"], context)
    return said | {"number": number, "rows": rows, "series": series, "image": image, "figure": figure}


def drawn(lying: bool, rows: Any, values: list[float], axis: str) -> Any:
    figure, axes = pyplot.subplots(figsize=(6.6, 0.5 + 0.25 * len(rows) if lying else 2.2), layout="tight")
    bars = (axes.barh if lying else axes.bar)([name for name, _ in rows], values, 0.6, color="#00505a")
    axes.bar_label(bars, [text for _, text in rows], padding=3)
    axes.margins(x=0.4 if lying else 0.05)
    axes.set_title(axis, loc="left")
    axes.spines[["top", "right", "bottom" if lying else "left"]].set_visible(False)
    (axes.xaxis if lying else axes.yaxis).set_visible(False)
    if lying:
        axes.invert_yaxis()
    return figure


def saved(figure: Any, format: str) -> bytes:
    figure.savefig(buffer := io.BytesIO(), format=format, dpi=200)
    return buffer.getvalue()


def edition(texts: Texts) -> dict[str, Any]:
    """What the templates say of the publication."""
    settings, language = texts.settings, texts.language
    names = ("title", "subtitle", "description", "source_note")
    said = {name: texts.text(settings[name], "publication") for name in names}
    first, last = settings["period"].split("–")
    return said | {
        "language": language,
        "document": said | {"date": settings["date"]},
        "label": texts.label,
        "date": format_date(settings["date"], language.date, locale=language.locale),
        "position": texts.label("position", first=first, last=last),
        "keywords": [texts.text(each, "publication") for each in settings["keywords"]],
        "languages": lambda _: list(LANGUAGES.values()),
        "file_name": lambda name, language=language: f"{ID}-{language.tag}.{name}",
        "tiles": [(texts.alone(id), texts.name(id)) for id in settings["key_figures"]],
    }


def page(texts: Texts, body: str, template: str, **more: str) -> str:
    """A page as its template makes it."""
    made = edition(texts)
    tiles = "".join(f'<li><span class="figure">{value}</span> {name}</li>' for value, name in made["tiles"])
    parts = {name: made[name] for name in ("title", "subtitle", "source_note")} | more
    parts |= {"body": body, "key_figures": tiles, "contents": contents(body)}
    safe = {name: Markup(part) for name, part in parts.items()}
    return JINJA.get_template(template).render(edition=made, formats=FORMATS[:2], language_of=lambda _: "", **safe)


def contents(body: str) -> str:
    parts: list[str] = []
    for level, anchor, title in re.findall(r'<h([23]) id="([^"]+)">(.*?)</h', body):
        link = f'<li><a href="#{anchor}">{title}</a>'
        parts.append(f"{'</ol></li>' * bool(parts)}{link}<ol>" if level == "2" else f"{link}</li>")
    return f"<ol>{''.join(parts)}</ol></li></ol>"


# -- The three formats -----------------------------------------------------------------------------------------------


def font_face(path: Path, source: str) -> str:
    family = "Source Serif 4" if "Serif" in path.name else "Source Sans 3"
    weight, style = ("bold" if "Bold" in path.stem else "normal"), ("italic" if "It" in path.stem else "normal")
    return f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};src:url({source})}}\n'


FONTS = {path: font_face(path, path.as_uri()) for path in sorted((TEMPLATES / "fonts").glob("*.ttf"))}


def pdf(texts: Texts, body: str, _: object) -> Any:
    parts = re.split(r"\{(\w+)\}", texts.labels["page_of"])
    page_of = " ".join(f"counter({part})" if n % 2 else f'"{part}"' for n, part in enumerate(parts))
    fonts = weasyprint.text.fonts.FontConfiguration()
    faces = weasyprint.CSS(string="".join(FONTS.values()), font_config=fonts)
    made = weasyprint.HTML(string=page(texts, body, "print.html", page_of=page_of))
    return made.write_pdf(stylesheets=[faces], font_config=fonts, pdf_variant="pdf/ua-1")


def web(texts: Texts, body: str, _: object) -> bytes:
    characters = page(texts, body, "web.html")
    faces = "".join(font_face(path, f"data:font/woff2;base64,{subset_of(path, characters)}") for path in FONTS)
    return page(texts, body, "web.html", fonts=faces).encode()


def subset_of(path: Path, characters: str) -> str:
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, set(characters)))
    wanted.layout_feature_tag_set.invert()
    wanted.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    font = TTFont(io.BytesIO(uharfbuzz.subset(uharfbuzz.Face(path.read_bytes()), wanted).blob.data))
    font.flavor = "woff2"
    font.save(buffer := io.BytesIO(), reorderTables=False)
    return b64encode(buffer.getvalue()).decode()


def docx(texts: Texts, body: str, pictures: list[Any]) -> bytes:
    said = edition(texts)
    names = ", ".join(language.name for language in LANGUAGES.values())
    slots = texts.labels | said | {"edition": texts.label("edition", date=said["date"]), "languages": names}
    slots["languages_in_line"] = f"{texts.label('languages')}: {names}"
    return word(TEMPLATES / "word.docx", slots, body, [saved(figure, "png") for figure in pictures])


MAKERS = {"pdf": pdf, "docx": docx, "html": web}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--lang", nargs="*", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--format", nargs="*", choices=MAKERS, default=list(MAKERS))
    options = parser.parse_args()
    for path in FONTS:
        font_manager.fontManager.addfont(path)
    pyplot.switch_backend("agg")
    pyplot.rcParams |= {"font.family": "Source Sans 3"}
    (options.out / ID).mkdir(parents=True, exist_ok=True)
    for tag in options.lang:
        texts = Texts(tag)
        pictures: list[Any] = []
        made = body(texts, pictures)
        for format in options.format:
            (options.out / ID / f"{ID}-{tag}.{format}").write_bytes(MAKERS[format](texts, made, pictures))


if __name__ == "__main__":
    main()
