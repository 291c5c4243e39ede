"""In which language a translation is written: defects are caught, good texts pass."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import Place
from kzpub.judges import letters, signs
from kzpub.languages import LANGUAGES
from tests.pairs import own_names, own_pairs

PLACE = Place("x.po", 7)
LOOK_ALIKES = dict(zip("аеорсухіАВЕКМНОРСТХ", "aeopcyxiABEKMHOPCTX", strict=True))
TEXT = "The plan protects the rights of citizens."
LONG = "The court was restored in 2023. It accepts applications from citizens. Its decisions are final for all."


def codes(source: str, translation: str, tag: str, *allowed: str) -> set[str]:
    return {problem.code for problem in letters.problems(source, translation, LANGUAGES[tag], PLACE, allowed)}


JOINED = "Суд восстановлен в 2023 году; он принимает обращения граждан, и его решения окончательны для всех."


# -- Defects ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "source", "translation", "code"),
    [
        pytest.param("kk", "Unity", "бiрлестiк туралы", "script-mixed", id="kk: Latin i"),
        pytest.param("kk", "Mother", "Əйел мен бала", "script-mixed", id="kk: Latin schwa"),
        pytest.param("kk", "Right", "адам құқығы мен бocтандығы", "script-mixed", id="kk: Latin o and c"),
        pytest.param("kk", "Users", "eGovты пайдалану", "script-mixed", id="kk: a suffix without its hyphen"),
        pytest.param("ru", "Law", "О зaконе", "script-mixed", id="ru: Latin a"),
        pytest.param("ru", "Right", "Правο человека", "script-mixed", id="ru: Greek omicron"),
        pytest.param(
            "ru", "By law", "Согласно закону и c 2019 года", "script-mixed", id="ru: a word of one Latin letter"
        ),
        pytest.param("ru", "The UN", "Комитет OOH", "script-mixed", id="ru: an abbreviation in Latin letters"),
        pytest.param("ru", "eGov", "Портал eGоv", "script-mixed", id="ru: a Cyrillic letter in a Latin name"),
        pytest.param("ru", "Plan", "План Қазақстан", "language-letter", id="ru: Kazakh letters"),
        pytest.param("ru", "Plan", "Права громадян України", "language-letter", id="ru: Ukrainian letters"),
        pytest.param("kk", "Plan", "Адам құқыҡтары", "language-letter", id="kk: a Bashkir letter"),
        pytest.param("kk", "Plan", "Бұл жоспар її туралы", "language-letter", id="kk: a Ukrainian letter"),
        pytest.param("ru", "All", "Учёт всех обращений", "letter-yo", id="ru: yo"),
        pytest.param("kk", TEXT, "План защищает права граждан.", "language-other", id="kk: a Russian sentence"),
        pytest.param("kk", "Rights of women", "Защита женщин", "language-other", id="kk: a Russian title"),
        pytest.param(
            "kk",
            LONG,
            "Сот 2023 жылы қалпына келтірілді. Он принимает обращения от граждан. Оның шешімдері түпкілікті.",
            "language-other",
            id="kk: one Russian sentence among Kazakh ones",
        ),
        pytest.param("ru", TEXT, "Жоспар азаматтардың құқықтарын қорғайды.", "language-other", id="ru: Kazakh"),
        pytest.param("kk", TEXT, "Бұл жоспар protects the rights қорғайды", "language-left", id="kk: English words"),
        pytest.param("ru", TEXT, "План защищает rights граждан.", "language-left", id="ru: one English word"),
        pytest.param("ru", "Human Rights Plan", "План Human Rights", "language-left", id="ru: an English title"),
        pytest.param("kk", "Plan", "Бұл the жоспар", "language-left", id="kk: an English article"),
        pytest.param(
            "ru", TEXT, "«The plan protects the rights of citizens» и далее", "language-left", id="ru: quoted"
        ),
        pytest.param("kk", "Overview", "Overview", "translation-same", id="kk: the source as a title"),
        pytest.param("ru", TEXT, TEXT, "translation-same", id="ru: the source as a sentence"),
        pytest.param("kk", LONG, "Сот 2023 жылы қалпына келтірілді.", "translation-partly", id="kk: one of three"),
        pytest.param("ru", LONG, "Суд был восстановлен в 2023 году.", "translation-partly", id="ru: one of three"),
        pytest.param("kk", "Republic", "Qazaqstan Respublikasy", "kazakh-latin", id="kk: in ASCII"),
        pytest.param("kk", TEXT, "Jospar azamattardyñ quqyqtaryn qorğaidy.", "kazakh-latin", id="kk: alphabet of 2021"),
        pytest.param("kk", "Plan", "Бұл jańa жоспар туралы", "kazakh-latin", id="kk: a word in the alphabet of 2018"),
        pytest.param("ru", TEXT, "Plan zashchishchaet prava grazhdan.", "russian-latin", id="ru: in ASCII"),
        *(
            pytest.param("kk", "Something", text, "language-other", id=f"kk: {text}")
            for text in (
                "Президент Республики Казахстан Қасым-Жомарт Тоқаев",
                "Проект закона",
                "Сенат Парламента",
                "Суд решил.",
                "Президент подписал указ.",
                "Выборы прошли.",
                "Сот жалобы граждан принимает және қарайды.",
                "Жұмыс жүйелі түрде жүргізіледі, подробно в разделе.",
                "Жұмыс в Астане жүргізіледі",
                "Реформы",
                "Основные положения",
                "Заңның законных негіздері",
                "Граждане",
                "Депутат С. Мұсабаев и К. Оспанов",
            )
        ),
        *(
            pytest.param("ru", "Something", text, "language-other", id=f"ru: {text}")
            for text in (
                "Жоба",
                "Реформалар",
                "Конституция бойынша",
                "Казахстан соттары",
                "Депутаттар дауыс берди.",
                "Суд және парламент приняли закон.",
            )
        ),
        *(
            pytest.param("kk", "Something", text, "language-letter", id=f"kk: {text}")
            for text in (
                "Казакстан Республикасы",
                "Казакстаннын Конституциясы",
                "Адам кукыктары коргалады.",
                "Депутаттардын дауысы",
                "Жастар жане спорт",
            )
        ),
        pytest.param("ru", "A fund", "Фонд «Защита України»", "language-letter", id="ru: Ukrainian in a quoted name"),
        pytest.param("ru", "A park", "технопарк Astana Hub", "russian-latin", id="ru: a name that the source has not"),
        pytest.param("ru", "The court ad hoc", "Суд court ad hoc", "language-left", id="ru: beside a Latin phrase"),
        pytest.param(
            "kk", "Vladimir Putin", "Президент Vladimir Putin келді", "language-left", id="kk: a person in Latin"
        ),
    ],
)
def test_a_defect_is_caught(tag: str, source: str, translation: str, code: str) -> None:
    assert code in codes(source, translation, tag)


# -- What is in order ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        pytest.param("kk", "UNICEF and eGov", "UNICEF-тің және eGov-тың жұмысы", id="kk: brands with suffixes"),
        pytest.param("kk", "Platforms such as e-Otinish", "e-Өтініш сияқты платформалар", id="kk: a brand's e"),
        pytest.param("ru", "Platforms such as e-Otinish", "Платформы, например e-Otinish", id="ru: a brand"),
        pytest.param("kk", "Parliament", "Парламент", id="kk: a word of both languages"),
        pytest.param("kk", "The Constitution", "Конституция мен Парламент", id="kk: loans"),
        pytest.param("kk", "The 21st century", "XXI ғасыр, X бөлім", id="kk: Roman numerals"),
        pytest.param(
            "ru", "Write to a@b.kz, see epetition.kz", "Пишите на a@b.kz, см. epetition.kz", id="ru: addresses"
        ),
        pytest.param("ru", "epetition.kz", "epetition.kz", id="ru: an address is the same"),
        pytest.param("kk", "2022", "2022", id="kk: a number is the same"),
        pytest.param("kk", "The “STOP Traffic” action", "«STOP Traffic» акциясы өтті", id="kk: a quoted name"),
        pytest.param("kk", "The law", "«О правах человека» заңы қабылданды", id="kk: a quoted Russian name"),
        pytest.param("ru", "Vitamin C", "Витамин C", id="ru: a letter of the source"),
        pytest.param("ru", "CO and HRC", "Доля CO и HRC", id="ru: abbreviations of the source"),
        pytest.param("ru", LONG, JOINED, id="ru: sentences joined"),
        pytest.param("kk", "Not more", "Не болды, не болмады", id="kk: a word that Russian has too"),
        pytest.param("kk", "Its area is 600 m².", "Аумағы 600 м².", id="kk: square metres"),
        pytest.param("ru", "Area, km²", "Площадь, км²", id="ru: square kilometres"),
        pytest.param("kk", "10 m³ of gas", "10 м³ газ", id="kk: cubic metres"),
        pytest.param("ru", "CO₂ emissions", "Выбросы CO₂", id="ru: a formula"),
        *(
            pytest.param("kk", "Something", text, id=f"kk: {text}")
            for text in (
                "Министр К. Абдрахманов сессияны ашты.",
                "Президент В. Путин Астанаға келді.",
                "Депутат С. Мұсабаев",
                "Судья К. Оспанов",
                "Прокурор О. Иванов",
                "А, В және С санаттары",
                "В тобы мен С тобы",
                "Заңның а), б) және в) тармақтары",
                "Заңның 5-бабының в тармағы",
                "О бастан солай",
                "«О правах человека», «Против всех» бағандары",
                "режиссер Тимур Бекмамбетов",
                "Ленинградская көшесі, Екатеринбург, Достоевский",
                "Юрий Гагарин атындағы алаң",
                "рухани жаңғыру, парашют, минут, республика",
            )
        ),
        *(
            pytest.param("ru", "Something", text, id=f"ru: {text}")
            for text in (
                "Казахстан, Узбекистан и Таджикистан",
                "Казахстан, Кыргызстан, Россия",
                "Казахстан – Узбекистан",
                "Центральная Азия (Казахстан, Кыргызстан, Узбекистан) сотрудничает.",
                "Афганистан, Пакистан",
                "Финансы, ресурсы",
                "Доклады, вопросы",
                "Ресурсы, процессы",
                "Мастер-классы, курсы",
                "Аренда, команда",
                "Тендер, лидер",
                "Павлодар, Айдар, Динара",
                "Доллары, гектары",
                "Те, та и да",
                "Фонд «Қазақстан халқына» работает",
                "Движение «Қазақ елі» и партия «Ақ жол»",
                "Кампания «Таза Қазақстан»",
                "Проспект «Мәңгілік Ел»",
            )
        ),
        pytest.param("kk", "The Wi-Fi network", "Wi-Fi желісі", id="kk: Wi-Fi"),
        pytest.param("kk", "Google Play offers", "Google Play ұсынады", id="kk: Google Play"),
        pytest.param("ru", "Facebook, Instagram and TikTok", "Facebook, Instagram и TikTok", id="ru: networks"),
        pytest.param("ru", "The Astana Hub park", "технопарк Astana Hub", id="ru: Astana Hub"),
        pytest.param("ru", "Freedom House rates", "Freedom House оценивает", id="ru: Freedom House"),
        pytest.param("ru", "The rule ex officio", "правило ex officio", id="ru: ex officio"),
        pytest.param("kk", "The principle of habeas corpus", "habeas corpus қағидаты", id="kk: habeas corpus"),
    ],
)
def test_a_good_text_passes(tag: str, source: str, translation: str) -> None:
    assert codes(source, translation, tag) == set()


def test_an_allowed_name_stands_in_any_letters() -> None:
    assert codes("Human Rights Watch says", "Сообщает Human Rights Watch и Әділет", "ru") != set()
    assert (
        codes("Human Rights Watch says", "Сообщает Human Rights Watch и Әділет", "ru", "Human Rights Watch", "Әділет")
        == set()
    )


def test_a_finding_says_which_letter_is_foreign_and_what_to_write() -> None:
    (problem,) = letters.problems("Law", "О зaконе", LANGUAGES["ru"], PLACE)
    assert "“зaконе” mixes alphabets: a (Latin)" in problem.cause
    assert "“законе”" in problem.hint


def test_other_languages_are_not_judged() -> None:
    assert codes(TEXT, TEXT, "en") == set()


# -- A language of Latin letters -------------------------------------------------------------------------------------

UZBEK = replace(LANGUAGES["ru"], tag="uz", name="o‘zbek")


@pytest.mark.parametrize(
    ("source", "translation", "found"),
    [
        pytest.param(TEXT, "Reja fuqarolarning huquqlarini himoya qiladi.", set(), id="a good text"),
        pytest.param("The Constitution", "O‘zbekiston Konstitutsiyasi va Oʻzbekiston", set(), id="both marks of o‘"),
        pytest.param("The Constitution in the news", "Konstitutsiya, internet, model", set(), id="words of English"),
        pytest.param("An area of 5 km²", "Maydoni 5 km²", set(), id="a unit"),
        pytest.param("Plan", "План защищает права", {"language-letter"}, id="Russian"),
        pytest.param("Plan", "Конституция", {"language-letter"}, id="Cyrillic"),
        pytest.param("Plan", "Kоnstitutsiya", {"script-mixed"}, id="one Cyrillic letter"),
        pytest.param(TEXT, "Reja protects the rights of citizens", {"language-left"}, id="English left"),
        pytest.param(TEXT, TEXT, {"translation-same"}, id="the source itself"),
        pytest.param(LONG, "Sud 2023 yilda tiklangan.", {"translation-partly"}, id="one of three"),
    ],
)
def test_a_language_of_latin_letters_is_judged_by_its_own(
    source: str, translation: str, found: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(signs.ALPHABETS, "uz", "abdefghijklmnopqrstuvxyz")
    monkeypatch.setitem(signs.SIGNS, "uz", (frozenset(("va", "bilan")), re.compile(".+larning")))
    monkeypatch.setitem(signs.NAMES_OF, "uz", "Uzbek")
    assert {problem.code for problem in letters.problems(source, translation, UZBEK, PLACE)} - {"letter-yo"} == found


# -- Our own ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["kk", "ru"])
def test_no_country_or_language_of_the_world_is_taken_for_another_language(tag: str) -> None:
    locale = Locale(tag)
    names = [*locale.territories.values(), *locale.languages.values(), *locale.months["format"]["wide"].values()]
    assert len(names) > 700
    found = {name: codes("Name", name, tag) - {"letter-yo"} for name in names if "Bidi" not in name}
    assert [name for name in names if found.get(name)] == []


@pytest.mark.parametrize("tag", ["kk", "ru"])
def test_our_own_catalogues_have_no_finding(tag: str) -> None:
    assert len(own_pairs(tag)) > 200
    found = [
        str(p) for s, t, place in own_pairs(tag) for p in letters.problems(s, t, LANGUAGES[tag], place, own_names(tag))
    ]
    assert found == []


@pytest.mark.parametrize("tag", ["kk", "ru"])
def test_the_other_language_in_place_of_this_is_noticed(tag: str) -> None:
    """Nineteen in twenty at least of all texts of two words and more, and every text of six."""
    other = {source: translation for source, translation, _ in own_pairs("ru" if tag == "kk" else "kk")}
    swapped = {s: other[s] for s, _, _ in own_pairs(tag) if len(re.findall(r"[^\W\d_]+", other.get(s, ""))) > 1}
    missed = [t for s, t in swapped.items() if not codes(s, t, tag) & {"language-other", "language-letter"}]
    assert len(missed) <= len(swapped) / 20
    assert [text for text in missed if len(text.split()) > 5] == []


@pytest.mark.parametrize("tag", ["kk", "ru"])
@given(data=st.data())
def test_any_letter_replaced_by_its_latin_look_alike_is_caught(tag: str, data: st.DataObject) -> None:
    places = [
        (source, text, match.start())
        for source, text, _ in own_pairs(tag)
        for match in re.finditer(f"(?<=[а-яәғқңөұүһі])[{''.join(LOOK_ALIKES)}]|[{''.join(LOOK_ALIKES)}](?=[а-я])", text)
    ]
    source, text, at = data.draw(st.sampled_from(places))
    spoilt = text[:at] + LOOK_ALIKES[text[at]] + text[at + 1 :]
    assert "script-mixed" in codes(source, spoilt, tag)
    assert codes(source, text, tag, *own_names(tag)) == set()


@pytest.mark.parametrize("tag", ["kk", "ru"])
@given(data=st.data())
def test_any_text_left_in_english_is_caught(tag: str, data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([s for s, _, _ in own_pairs(tag) if re.search("[a-z]{3}", s)]))
    assert codes(source, source, tag) == {"translation-same"} or re.fullmatch(r"\S+\.kz", source)
