"""Terms and names: read strictly, demanded once, found in every inflected form."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from kzpub.content import read
from kzpub.errors import KzpubError, Place, Problem
from kzpub.extraction import domain_files
from kzpub.inlines import Inlines, plain
from kzpub.judges import letters
from kzpub.judges.stems import words
from kzpub.judges.terms import TERMS, _core, _folded, _pattern, allowed_words, names, problems, read_terms
from kzpub.languages import LANGUAGES, SOURCE
from kzpub.localise import fill, values
from kzpub.markdown import parse_inlines
from kzpub.model import Message, Term
from kzpub.po.catalogues import load
from kzpub.traversal import map_texts
from tests.conftest import ROOT

FACTSHEET = ROOT / "content" / "human-rights-factsheet"
OWN = read_terms(FACTSHEET, ROOT)
PATH = f"content/x/{TERMS}"
CLEAN = "kurultai:\n  source: Kurultai\n  kind: name\n  kk: [Құрылтай]\n  ru: [Курултай]\n"
HERE = Place("x.po", 3)


def term(source: str, kind: str, tag: str, *forms: str) -> Term:
    return Term("x", kind, (source,), {tag: forms}, {}, Place(PATH, 1))


def codes(tag: str, source: str, translation: str, terms: tuple[Term, ...] = OWN) -> list[str]:
    found = list(problems(source, translation, terms, LANGUAGES[tag], HERE))
    assert all(problem.place == HERE for problem in found)
    return [problem.code for problem in found]


# -- Inflection ------------------------------------------------------------------------------------------------------

INFLECTED = {
    ("kk", "конвенция"): "конвенцияның конвенцияға конвенцияны конвенцияда конвенциядан конвенциямен конвенциялар "
    "конвенциясы конвенциясының конвенцияларымызда конвенциядағы",
    ("kk", "тетік"): "тетігі тетігінің тетікке тетікті тетікте тетіктен тетікпен тетіктер тетіктеріне тетігінде",
    ("kk", "халық"): "халқы халқының халыққа халықтар",
    ("kk", "уәкіл"): "уәкілдің уәкілге уәкілді уәкілмен уәкілдері",
    ("kk", "пакт"): "пактінің пактіні пактіге пактісі пактісінің пактілер пактілеріне",
    ("kk", "акт"): "актісі актісінің актілер актілері актілерінде",
    ("kk", "қауіп"): "қаупі қаупінің қауіптер",
    ("kk", "дауыс"): "даусы даусын дауыспен",
    ("ru", "письмо"): "письма письму письмом писем письмами",
    ("ru", "конвенция"): "конвенции конвенцию конвенцией конвенций конвенциям конвенциями конвенциях",
    ("ru", "отец"): "отца отцу отцом отце отцы отцов отцам отцами отцах",
    ("ru", "национальный"): "национального национальному национальным национальном национальная национальной "
    "национальную национальное национальные национальных национальными",
    ("ru", "пытка"): "пытки пытке пытку пыткой пыток пыткам пытками пытках",
    ("ru", "ребенок"): "ребёнка ребенку ребенком",
}


@pytest.mark.parametrize(
    ("tag", "base", "form"),
    [
        pytest.param(tag, base, form, id=f"{form} of {base}")
        for (tag, base), row in INFLECTED.items()
        for form in row.split()
    ],
)
def test_every_form_of_a_word_passes(tag: str, base: str, form: str) -> None:
    assert codes(tag, "a thing", f"бұл {form}.", (term("thing", "name", tag, base),)) == []


@pytest.mark.parametrize(
    ("tag", "form", "translation"),
    [
        pytest.param("ru", "права человека", "правами человека", id="a phrase"),
        pytest.param("ru", "Комитет по правам", "Комитета ООН по правам", id="a word between"),
        pytest.param("kk", "адам саудасы", "адам саудасына қарсы", id="a possessive"),
        pytest.param("kk", "ЮНИСЕФ", "ЮНИСЕФ-пен", id="a suffix after a hyphen"),
        pytest.param("kk", "көші-қон", "көші-қонға", id="a pair"),
        pytest.param(
            "kk", "саясаттың жылдарға арналған", "саясаттың 2025–2030 жылдарға арналған", id="figures between"
        ),
        pytest.param("kk", "2-бап", "2-бабының", id="a figure that belongs to it"),
    ],
)
def test_a_phrase_passes_in_its_forms(tag: str, form: str, translation: str) -> None:
    assert codes(tag, "a thing", translation, (term("thing", "name", tag, form),)) == []


@pytest.mark.parametrize(
    ("tag", "form", "translation"),
    [
        pytest.param("ru", "конституция", "конституционный", id="another part of speech"),
        pytest.param("ru", "комитет", "комиссия", id="another word"),
        pytest.param("ru", "права человека", "человека права", id="another order"),
        pytest.param("ru", "права человека", "права каждого другого человека", id="two words between"),
        pytest.param("kk", "конституция", "конституциялық", id="a derived word"),
        pytest.param("kk", "кеңес", "кеңсе", id="two letters the other way round"),
        pytest.param("kk", "сенат", "", id="nothing"),
        pytest.param("kk", "2-бап", "3-бап", id="another figure"),
        pytest.param("ru", "права человека", "права 2 каждого другого 3 человека", id="figures and two words between"),
    ],
)
def test_other_words_do_not_pass(tag: str, form: str, translation: str) -> None:
    assert codes(tag, "a thing", translation, (term("thing", "term", tag, form),)) == ["term-differs"]


# -- The English side ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "kind", "text", "demanded"),
    [
        pytest.param("crisis centre", "term", "Crisis centres help", True, id="a capital and a plural"),
        pytest.param("treaty body", "term", "treaty bodies", True, id="a plural in -ies"),
        pytest.param("Senate", "name", "the Senate’s Council", True, id="a possessive"),
        pytest.param("Parliament", "name", "a parliament", False, id="a name in small letters"),
        pytest.param("akim", "term", "akimat", False, id="a part of a word"),
    ],
)
def test_a_term_is_demanded_where_english_has_it(source: str, kind: str, text: str, demanded: bool) -> None:
    assert bool(codes("ru", text, "ничего", (term(source, kind, "ru", "слово"),))) is demanded


_WORDINGS = st.lists(
    st.sampled_from([variant for term in OWN for variant in term.source] + ["Kurultaı's", "the", "policy", "policies"]),
    max_size=4,
).map(" ".join)


@given(_WORDINGS, st.sampled_from([str, str.upper, str.title, str.swapcase]), st.data())
def test_what_is_looked_for_first_stands_in_every_form(
    text: str, change: Callable[[str], str], data: DataObject
) -> None:
    """Including letters that only IGNORECASE takes for one another."""
    letters = {"i": "iıİ", "s": "sſ", "k": "k\u212a"}
    source = "".join(data.draw(st.sampled_from(letters[c])) if c in letters else c for c in change(text))
    for term in OWN:
        for variant in term.source:
            if _pattern(variant, term.kind).search(source):
                assert _core(variant) in _folded(source)


def test_the_longest_term_wins() -> None:
    short, long = term("Kurultai", "name", "ru", "Парламент"), term("National Kurultai", "name", "ru", "Курултай")
    long = Term("y", long.kind, long.source, long.forms, {}, long.place)
    assert codes("ru", "the National Kurultai", "Курултай", (short, long)) == []
    assert codes("ru", "the National Kurultai and the Kurultai", "Курултай", (short, long)) == ["name-differs"]


def test_a_term_is_demanded_once() -> None:
    assert codes("ru", "A thing and a thing", "слово", (term("thing", "name", "ru", "слово"),)) == []


# -- Seeded defects --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "source", "translation", "code"),
    [
        pytest.param("kk", "“Against All”", "«Барлығына қарсымын» бағаны", "term-forbidden", id="kk: ballot line"),
        pytest.param("kk", "the Congress of Leaders of World and Traditional Religions",
                     "Әлемдік және дәстүрлі діндер көшбасшыларының съезінде", "term-forbidden", id="kk: older name"),
        pytest.param("kk", "persons with disabilities", "мүгедектерге", "term-forbidden", id="kk: not for prose"),
        pytest.param("ru", "persons with disabilities", "инвалидами", "term-forbidden", id="ru: not for prose"),
        pytest.param("kk", "the UN Human Rights Committee",
                     "БҰҰ Адам құқықтары кеңесінде", "name-differs", id="kk: Council for Committee"),
        pytest.param("ru", "the UN Human Rights Committee",
                     "Совета ООН по правам человека", "name-differs", id="ru: Council for Committee"),
        pytest.param("kk", "Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаұлы", "name-differs", id="kk: a person"),
        pytest.param("ru", "Kassym-Jomart Tokayev", "Президента Токаева", "name-differs", id="ru: half a person"),
        pytest.param("kk", "the OSCE", "серіктестермен", "name-differs", id="kk: a name lost"),
        pytest.param("ru", "the OSCE", "с партнерами", "name-differs", id="ru: a name lost"),
        pytest.param("kk", "crisis centres", "көмек орталықтары", "term-differs", id="kk: another term"),
        pytest.param("ru", "crisis centres", "центры помощи", "term-differs", id="ru: another term"),
        pytest.param("ru", "Deputies with disabilities", "депутаты-инвалиды", "term-forbidden", id="ru: deputies"),
        pytest.param("kk", "Deputies with disabilities", "мүгедек депутаттар", "term-forbidden", id="kk: deputies"),
        pytest.param("ru", "people with disabilities", "инвалиды", "term-forbidden", id="ru: people"),
        pytest.param("ru", "Disabled people", "инвалидов", "term-forbidden", id="ru: disabled people"),
        pytest.param("ru", "disabled children", "дети-инвалиды", "term-forbidden", id="ru: disabled children"),
        pytest.param("ru", "Law on Public Associations", "Закон о партиях", "name-differs", id="ru: another law"),
        pytest.param("kk", "the law “On Mass Media”", "«Баспасөз туралы» заң", "name-differs", id="kk: another title"),
        pytest.param("ru", "Children’s Ombudsman", "Уполномоченный по правам человека", "name-differs",
                     id="ru: the other ombudsman"),
        pytest.param("ru", "the Supreme Court", "Конституционный Суд", "name-differs", id="ru: another court"),
        pytest.param("ru", "the Mazhilis", "Сенат", "name-differs", id="ru: the other chamber"),
        pytest.param("ru", "President of the Human Rights Council", "Президент Совета по правам человека",
                     "name-differs", id="ru: a president who is a chairman"),
        pytest.param("ru", "local councils", "местные советы", "term-differs", id="ru: local councils"),
        pytest.param("ru", "on the elimination of domestic violence", "о ликвидации бытового насилия", "term-differs",
                     id="ru: a resolution of the United Nations"),
    ],
)  # fmt: skip
def test_a_defect_is_caught(tag: str, source: str, translation: str, code: str) -> None:
    assert codes(tag, source, translation) == [code]


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        ("kk", "the Law on Mass Media", "«Масс-медиа туралы» Қазақстан Республикасының Заңы"),
        ("kk", "the Law on Mass Media", "«Масс-медиа туралы» 2024 жылғы 19 маусымдағы Заң"),
        ("ru", "the Law on Mass Media", "Закон Республики Казахстан «О масс-медиа»"),
        ("ru", "the Law on Mass Media", "Закон 2024 года «О масс-медиа»"),
        ("kk", "the Law on Public Oversight", "«Қоғамдық бақылау туралы» Қазақстан Республикасының Заңында"),
        ("kk", "the Law on Peaceful Assemblies", "«Бейбіт жиналыстар туралы» Заңға"),
        ("kk", "the Concept of Inclusive Policy",
         "Қазақстан Республикасындағы инклюзивті саясаттың 2025–2030 жылдарға арналған тұжырымдамасы"),
        ("ru", "the Open Legal Acts Portal", "на интернет-портале открытых нормативных правовых актов"),
        ("kk", "the Open Legal Acts Portal", "ашық нормативтік құқықтық актілердің интернет-порталында"),
        ("kk", "the Administrative Procedural and Process-Related Code", "ӘРПК-ке сәйкес"),
        ("ru", "the Administrative Procedural and Process-Related Code", "согласно АППК"),
        ("kk", "the national preventive mechanism", "ҰАТ өкілеттіктері"),
        ("ru", "the national preventive mechanism", "мандат НПМ"),
        ("kk", "the Digital Services Act", "Цифрлық көрсетілетін қызметтер туралы актісінің"),
        ("ru", "the International Day of Persons with Disabilities", "Международный день инвалидов"),
        ("kk", "the International Day of Persons with Disabilities", "Халықаралық мүгедектер күні"),
        ("ru", "the Special Rapporteur on the rights of persons with disabilities",
         "Специальным докладчиком по вопросу о правах инвалидов"),
        ("ru", "Deputies with disabilities", "депутаты с инвалидностью"),
        ("kk", "Deputies with disabilities", "мүгедектігі бар депутаттар"),
        ("ru", "the Children’s Rights Ombudsman", "Уполномоченная по правам ребенка"),
        ("ru", "an anti-corruption policy", "антикоррупционная политика"),
        ("ru", "Government agencies", "государственные органы"),
        ("kk", "Government agencies", "мемлекеттік органдар"),
        ("ru", "the President of the Human Rights Council", "Председатель Совета ООН по правам человека"),
        ("kk", "the President of the Human Rights Council", "БҰҰ Адам құқықтары кеңесінің төрағасы"),
        ("ru", "the Third Periodic Report", "третьего периодического доклада"),
        ("kk", "the ICCPR", "Азаматтық және саяси құқықтар туралы халықаралық пактінің"),
        ("ru", "the ICCPR and the European Union", "МПГПП и Евросоюз"),
        ("kk", "the European Union", "Еуроодаққа"),
        ("kk", "e-Otinish", "e-Otinish жүйесі"),
        ("ru", "jury trials", "суды присяжных"),
        ("kk", "jury trials", "алқабилер соты"),
        ("ru", "foster care and interoperability", "приемные семьи и совместимость"),
        ("ru", "light bodily harm", "легкий вред здоровью"),
        ("ru", "penal colonies for ethnic groups", "исправительные колонии для этнических групп"),
    ],
)  # fmt: skip
def test_an_established_wording_passes(tag: str, source: str, translation: str) -> None:
    assert codes(tag, source, translation) == []


def test_a_name_of_the_term_base_may_stand_in_its_own_letters() -> None:
    own = letters.in_other_letters(names(OWN, LANGUAGES["ru"]), LANGUAGES["ru"])
    text = "Народный Совет Казахстана (Халық кеңесі)"
    assert codes("ru", "the People’s Council", text) == []
    assert list(letters.problems("the People’s Council", text, LANGUAGES["ru"], HERE, own)) == []
    assert list(letters.problems("the People’s Council", text, LANGUAGES["ru"], HERE)) != []


@pytest.mark.parametrize("tag", ["kk", "ru"])
def test_an_english_name_of_two_words_left_over_is_found(tag: str) -> None:
    ordinary = [s for t in OWN for s in t.source if len(re.findall("[A-Za-z][a-z]+", s)) > 1 and "." not in s]
    passing = letters.in_other_letters(names(OWN, LANGUAGES[tag]), LANGUAGES[tag])
    missed = [
        source
        for source in ordinary
        if not list(letters.problems(f"The plan for {source}", f"Жоспар: {source}", LANGUAGES[tag], HERE, passing))
    ]
    assert len(ordinary) > 100
    assert missed == []


def test_a_forbidden_word_may_stand_in_the_accepted_form_of_another_term() -> None:
    source = "persons with disabilities; the Convention on the Rights of Persons with Disabilities"
    assert codes("ru", source, "лица с инвалидностью; Конвенции о правах инвалидов") == []
    assert codes("ru", source, "инвалиды; Конвенции о правах инвалидов") == ["term-forbidden"]


def test_a_finding_offers_the_accepted_forms() -> None:
    (found,) = problems("the OSCE", "", OWN, LANGUAGES["ru"], HERE)
    assert "“ОБСЕ”" in found.hint
    assert f"content/human-rights-factsheet/{TERMS}:" in found.hint


def test_a_cause_stays_when_the_term_base_moves() -> None:
    """A sign-off stands for the cause among others: a line more in a file must not end it."""
    first = term("thing", "name", "ru", "слово")
    moved = replace(first, place=Place(PATH, 99))
    causes = {p.cause for one in (first, moved) for p in problems("A thing", "", (one,), LANGUAGES["ru"], HERE)}
    assert causes == {"[ru] “thing” is not said as the term base has it"}


# -- Our own publication ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["kk", "ru"])
def test_our_translations_keep_to_the_term_base(tag: str) -> None:
    document, language = read(FACTSHEET, ROOT), LANGUAGES[tag]
    catalogue = load(ROOT, document.id, language)
    found: list[Problem] = []
    messages: list[Message] = []

    def collect(message: Message) -> Inlines:
        messages.extend([message] if message.text else [])
        return ()

    map_texts(document, collect)
    for message in messages:
        entry = catalogue.find(message)
        assert entry
        source = plain(fill(parse_inlines(message.forms[-1], message.place), values(document, SOURCE)))
        for text in entry.texts:
            said = plain(fill(parse_inlines(text, entry.place), values(document, language)))
            found += problems(source, said, OWN, language, entry.place)
    assert len(messages) > 200
    assert [str(problem) for problem in found if problem.severity != "warning"] == []
    assert len(found) <= len(messages) // 100


def test_accepted_forms_give_their_words_to_the_speller() -> None:
    assert {"саудасы", "бұұ"} <= set(allowed_words(OWN, LANGUAGES["kk"]))
    assert words("Адам саудасы") == ("адам", "саудасы")


def test_terms_are_no_content_to_translate() -> None:
    assert (FACTSHEET / TERMS).is_file()
    assert FACTSHEET / TERMS not in domain_files(ROOT, FACTSHEET.name)
    assert TERMS not in (ROOT / "babel.cfg").read_text("utf-8")


# -- Reading ---------------------------------------------------------------------------------------------------------


def terms(folder: Path, source: str) -> tuple[Term, ...]:
    (folder / PATH).parent.mkdir(parents=True)
    (folder / PATH).write_text(source, "utf-8")
    return read_terms((folder / PATH).parent, folder)


def test_a_publication_without_the_file_has_no_terms(tmp_path: Path) -> None:
    assert read_terms(tmp_path, tmp_path) == ()


def test_terms_are_read(tmp_path: Path) -> None:
    forms = {"kk": ("Құрылтай",), "ru": ("Курултай",)}
    assert terms(tmp_path, CLEAN) == (Term("kurultai", "name", ("Kurultai",), forms, {}, Place(PATH, 1)),)


@pytest.mark.parametrize(
    ("source", "forms"),
    [
        pytest.param("eGov", "kk: [eGov, e-Үкімет]", id="a brand and a letter of it"),
        pytest.param("Human Rights Watch", "ru: [Human Rights Watch]", id="a name in Latin letters"),
        pytest.param("PACE", "ru: [ПАСЕ, PACE]", id="an abbreviation of the source that looks Cyrillic"),
        pytest.param("the 20th century", "kk: [XX ғасыр]", id="a Roman numeral"),
    ],
)
def test_a_form_may_have_words_of_each_alphabet(source: str, forms: str, tmp_path: Path) -> None:
    assert len(terms(tmp_path, f"x:\n  source: {source}\n  kind: name\n  {forms}\n")) == 1


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        pytest.param("kurultai:", "Kurultai!:", "term-id", 1, id="a name that is none"),
        pytest.param(CLEAN, "x: y\n", "yaml-type", 1, id="no fields"),
        pytest.param("kind: name", "kind: law", "term-kind", 3, id="an unknown kind"),
        pytest.param("  kind: name\n", "", "yaml-key", 2, id="no kind"),
        pytest.param("ru: [Курултай]", "uz: [Qurultoy]", "yaml-key", 5, id="an unknown language"),
        pytest.param("  kk: [Құрылтай]\n  ru: [Курултай]\n", "", "term-forms", 1, id="no language"),
        pytest.param("[Курултай]", "Курултай", "yaml-type", 5, id="no list"),
        pytest.param("[Курултай]", "[Курултaй]", "term-letters", 5, id="a Latin letter in a Cyrillic word"),
        pytest.param("[Курултай]", "[Курултай, OOH]", "term-letters", 5, id="an abbreviation in Latin letters"),
        pytest.param("[Курултай]", "[Курултай]\n  forbidden: {kk: [Құрылтaйы]}", "term-letters", 6,
                     id="a Latin letter in what is forbidden"),
        pytest.param("[Курултай]", "[«…»]", "term-empty", 5, id="a form without a word"),
        pytest.param("source: Kurultai", "source: …", "term-empty", 2, id="a source without a word"),
        pytest.param("[Курултай]", "[Курултай]\n  forbidden: x", "yaml-type", 6, id="forbidden in no language"),
        pytest.param("[Курултай]", "[Курултай]\n  forbidden: {ru: [курултая]}", "term-contradiction", 1,
                     id="forbidden and accepted"),
        pytest.param(CLEAN, CLEAN + CLEAN.replace("kurultai:", "other:"), "term-twice", 6, id="two terms alike"),
        pytest.param(CLEAN, CLEAN * 2, "yaml-duplicate", 6, id="a key twice"),
    ],
)  # fmt: skip
def test_a_malformed_term_is_refused_with_its_line(old: str, new: str, code: str, line: int, tmp_path: Path) -> None:
    assert old in CLEAN
    with pytest.raises(KzpubError) as caught:
        terms(tmp_path, CLEAN.replace(old, new, 1))
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [(code, Place(PATH, line))]
