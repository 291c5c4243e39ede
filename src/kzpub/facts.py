from collections import Counter

Fact = str


def facts(text: str, language: str) -> Counter[Fact]:
    return Counter()


def differences(a: str, b: str, c: str, d: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (), ()
