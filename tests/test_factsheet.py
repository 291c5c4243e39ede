"""The factsheet is whole: its parts are counted, and each of its facts stands in its section in every language."""

from __future__ import annotations

import pytest

from kzpub.inlines import plain
from kzpub.model import Heading, List
from kzpub.traversal import headings, walk
from tests.conftest import LANGUAGES, Built
from tests.readback import tidy, tree

# Section (anchor), and what must be read there in English, Kazakh and Russian.
FACTS = """
political-reforms | 2019 | 2019 жылдан бастап | с 2019 года
political-reforms | Kassym-Jomart Tokayev’s “Just Kazakhstan” | Қасым-Жомарт Тоқаевтың «Әділетті Қазақстан» | Касым-Жомарта Токаева «Справедливый Казахстан»
key-reforms | only 1 term of 7 years | 7 жылдық 1 мерзімге ғана | для одного лица только 1 президентский срок продолжительностью 7 лет
key-reforms | “Against All” | «Бәріне қарсымын» | «Против всех»
architecture | Priority Action Plan for Human Rights (2021) | бірінші кезектегі шаралар жоспары (2021) | План первоочередных мер в области прав человека (2021)
architecture | Rule of Law (2022) | одан арғы шаралар жоспары (2022) | верховенства закона (2022)
architecture | Implementation Progress Report (2023) | Іске асыру барысы туралы есеп (2023) | Доклад о ходе реализации (2023)
architecture | Constitutional Court was restored in 2023 | Конституциялық Сот 2023 жылы қалпына келтірілді | Конституционный Суд восстановлен в 2023 году
courts | e-Otinish | e-Өтініш | e-Otinish
un-system | 3rd periodic report | мерзімді 3-баяндамасы | 3-й периодический доклад
un-system | 144th session | 144-сессиясында | 144-й сессии
un-system | all 8 core UN human rights conventions | негізгі 8 конвенциясының барлығы | все 8 основных конвенций ООН
un-system | more than 70 international treaties | 70-тен астам халықаралық шарт | более 70 международных договоров
un-system | 2 Optional Protocols were ratified in 2023 | 2023 жылы 2 факультативтік хаттама | В 2023 году ратифицированы 2 факультативных протокола
un-council | in 2022–2024 | 2022–2024 жылдары | в 2022–2024 годах
un-council | 2 major resolutions | 2 ірі қарар | 2 важные резолюции
partners | UNICEF, UN Women | ЮНИСЕФ-пен, БҰҰ-Әйелдер құрылымымен | ЮНИСЕФ, структурой «ООН-женщины»
women | A 2024 law | 2024 жылғы заң | Закон 2024 года
women | Amendments of 2025 | 2025 жылғы түзетулер | Поправки 2025 года
women | 46 crisis centres | 46 дағдарыс орталығы | 46 кризисных центров
women | 30% women | 30%-ын әйелдер | на женщин, молодежь и лиц с инвалидностью должно приходиться 30 %
women | about 55% | шамамен 55%-ын | около 55 %
women | 39% of leaders | басшылардың 39%-ын | 39 % руководителей
women | Lebanon, the Golan Heights and Western Sahara | Ливанға, Голан жоталарына және Батыс Сахараға | в Ливан, на Голанские высоты и в Западную Сахару
children | life imprisonment | өмір бойына бас бостандығынан айыру | пожизненное лишение свободы
children | more than 90% | 90%-ынан астамында | более чем в 90 %
children | Since 2023 a programme | 2023 жылдан бастап | С 2023 года 50 %
children | 50% of the investment income | инвестициялық кірісінің 50%-ы | 50 % инвестиционного дохода
disabilities | ratified in 2023 | 2023 жылы ратификацияланды | ратифицирован в 2023 году
disabilities | 71 deputies | 71 депутат | 71 депутат
disabilities | 6 in the national Parliament | 6 депутат Парламентте | 6 — в Парламенте
disabilities | to 2030 | 2030 жылға дейінгі | до 2030 года
torture | over 800 unannounced visits | 800-ден астам рет | более 800 необъявленных посещений
torture | by 30% in 2024 | 2024 жылы 30%-ға | в 2024 году на 30 %
torture | 50% the year before | бір жыл бұрын ол 50%-ға | на 50 % годом ранее
association | from 10 to 3 | 10-нан 3-ке дейін | с 10 до 3
association | More than 22,000 NGOs | 22 000-нан астам ҮЕҰ | более 22 000 НПО
association | National Kurultai | Ұлттық құрылтай | Национальный курултай
assembly | 2020 Law on Peaceful Assemblies | 2020 жылғы Бейбіт жиналыстар туралы заң | Закон 2020 года о мирных собраниях
expression | Law on Mass Media (2024) | «Масс-медиа туралы» заң (2024) | Закон «О масс-медиа» (2024)
oversight | 2023 Law on Public Oversight | 2023 жылғы «Қоғамдық бақылау туралы» заңға | Законом 2023 года «Об общественном контроле»
oversight | epetition.kz | epetition.kz | epetition.kz
digital-governance | ranks 24th in the 2024 | 24-орында | 24-е место
digital-governance | over 1,300 public services | 1 300-ден астам мемлекеттік қызмет | более 1 300 государственных услуг
digital-governance | 92% | 92%-ы | 92 %
digital-governance | more than 10 million users | 10 миллионнан астам пайдаланушыға | более 10 млн пользователей
anti-corruption | for 2023–2026 | 2023–2026 жылдарға | на 2023–2026 годы
anti-corruption | “STOP Corruption” | «STOP коррупция» | «STOP коррупция»
anti-corruption | 2023 Asset Recovery Law | 2023 жылғы «Заңсыз иемденілген активтерді | Закон 2023 года «О возврате государству незаконно приобретенных активов»
anti-corruption | More than $4 billion | 4 млрд АҚШ долларынан астам | более 4 млрд долларов США
anti-corruption | 82 schools for 46,000 students | 46 000 оқушыға арналған 82 мектепке | 82 школы для 46 000 учащихся
anti-corruption | A further $750 million | тағы 750 млн АҚШ доллары | Еще 750 млн долларов США
trafficking-law | Law on Combating Human Trafficking (2024) | «Адам саудасына қарсы іс-қимыл туралы» заң (2024) | Закон «О противодействии торговле людьми» (2024)
trafficking-cooperation | UNODC | БҰҰ ЕҚБ | УНП ООН
diversity | Over 100 ethnic groups | 100-ден астам этнос | Более 100 этносов
diversity | 18 registered denominations | тіркелген 18 конфессияның | 18 зарегистрированных конфессий
dialogue | Congress of Leaders of World and Traditional Religions | Әлемдік және дәстүрлі діндер лидерлерінің съезі | Съезд лидеров мировых и традиционных религий
"""
ROWS = [tuple(tidy(cell) for cell in line.split("|")) for line in FACTS.strip().splitlines()]


def section_text(built: Built, language: str, anchor: str) -> str:
    """All words between a heading and the next one."""
    edition = built.editions[language]
    rows = iter(tree.read(edition).rows)
    anchors = iter(heading.anchor for heading in headings(edition.document))
    words: list[str] = []
    current = ""
    for row in rows:
        current = next(anchors) if row.role == "heading" else current
        words += [row.text] * (current == anchor)
    return " ".join(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_all_its_parts(factsheet: Built, language: str) -> None:
    document = factsheet.editions[language].document
    levels = [each.level for each in document.blocks if isinstance(each, Heading)]
    assert (levels.count(1), levels.count(2)) == (9, 23)  # the overview, seven sections, “Figures and sources”
    items = [item for block in walk(document.blocks) if isinstance(block, List) for item in block.items]
    assert len(items) == 80


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[1]}")
def test_each_fact_stands_in_its_section_in_every_language(factsheet: Built, row: tuple[str, ...]) -> None:
    for language, words in zip(LANGUAGES, row[1:], strict=True):
        assert words in section_text(factsheet, language, row[0]), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_dates_the_edition_and_says_what_it_is_based_on(factsheet: Built, language: str) -> None:
    edition = factsheet.editions[language]
    dates = {
        "en": "Edition of 23 November 2026",
        "kk": "Шығарылған күні: 2026 жылғы 23 қараша",
        "ru": "Издание от 23 ноября 2026 года",
    }
    assert tidy(edition.label("edition", date=edition.date)) == dates[language]
    assert "2019" in edition.position
    assert "2025" in edition.position
    source = {
        "en": "not been independently verified",
        "kk": "тәуелсіз тексеруден өткен жоқ",
        "ru": "независимой проверке не подвергались",
    }
    assert source[language] in tidy(plain(edition.document.source_note))
