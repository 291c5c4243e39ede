"""What is kept under a key comes back as it was, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.builds.store import NOTHING, Store, default_folder, key

KEY = key("test", "a")
DATA = b"line\nline\n" + bytes(range(256))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def entry(store: Store, key: str = KEY) -> Path:
    """The file of an entry."""
    assert store.folder
    return store.folder / key[:2] / key[2:]


@pytest.mark.parametrize("data", [b"", b"\n", DATA], ids=["nothing", "an end of line", "every byte"])
def test_what_is_kept_comes_back(data: bytes, store: Store) -> None:
    store.put(KEY, data)
    assert store.get(KEY) == data
    assert Store(store.folder).get(KEY) == data, "in another process too"


def test_what_is_not_kept_is_not_there(store: Store) -> None:
    assert store.get(KEY) is None
    store.put(KEY, DATA)
    assert store.get(key("test", "b")) is None


def test_a_record_comes_back(store: Store) -> None:
    value = {"words": ["сөз", None, 1.5], "none": []}
    store.put_record(KEY, value)
    assert store.record(KEY) == value
    assert store.record(key("test", "b")) is None


def test_nothing_is_kept_nowhere() -> None:
    NOTHING.put(KEY, DATA)
    NOTHING.trim()
    assert NOTHING.get(KEY) is None


# -- Damage ----------------------------------------------------------------------------------------------------------

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "cut in the digest": lambda data: data[:30],
    "cut after the digest": lambda data: data[:64],
    "cut by a byte": lambda data: data[:-1],
    "longer by a byte": lambda data: data + b"x",
    "one bit of the data turned": lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
    "one bit of the digest turned": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "zeroes, as after a power cut": lambda data: bytes(len(data)),
    "a digest that is no ASCII": lambda data: "ұ".encode() * 32 + data[64:],
    "the entry of something else": lambda data: data.replace(b"line", b"nine"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damage_is_a_miss_and_is_taken_away(damage: Callable[[bytes], bytes], store: Store) -> None:
    store.put(KEY, DATA)
    entry(store).write_bytes(damage(entry(store).read_bytes()))
    assert store.get(KEY) is None
    assert not entry(store).exists()
    store.put(KEY, DATA)
    assert store.get(KEY) == DATA


def test_a_folder_in_the_place_of_an_entry_is_a_miss(store: Store) -> None:
    entry(store).mkdir(parents=True)
    store.put(KEY, DATA)
    assert store.get(KEY) is None


def test_where_nothing_can_be_kept_nothing_is_raised(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    store = Store(tmp_path / "store")
    store.put(KEY, DATA)
    store.trim()
    assert store.get(KEY) is None
    assert (tmp_path / "store").read_text() == "a file"


# -- Size ------------------------------------------------------------------------------------------------------------


def filled(store: Store, count: int) -> list[str]:
    """Entries of a thousand bytes each, the first used longest ago."""
    keys = [key("test", n) for n in range(count)]
    for n, each in enumerate(keys):
        store.put(each, bytes(1000 - 65))
        os.utime(entry(store, each), (n, n))
    return keys


def test_a_store_within_its_size_is_left_alone(tmp_path: Path) -> None:
    store = Store(tmp_path, size=10_000)
    keys = filled(store, 10)
    store.trim()
    assert all(map(store.get, keys))


def test_a_store_beyond_its_size_loses_what_was_not_used_for_longest(tmp_path: Path) -> None:
    store = Store(tmp_path, size=10_000)
    keys = filled(store, 11)
    assert store.get(keys[0]), "which makes it the entry that was used last"
    store.trim()
    assert [n for n, each in enumerate(keys) if store.get(each)] == [0, 4, 5, 6, 7, 8, 9, 10]


def test_what_a_killed_build_left_half_written_is_trimmed_too(tmp_path: Path) -> None:
    store = Store(tmp_path, size=1000)
    left = entry(store).with_name("half.12345")
    left.parent.mkdir(parents=True)
    left.write_bytes(bytes(2000))
    store.trim()
    assert not left.exists()


# -- Keys ------------------------------------------------------------------------------------------------------------

PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(PARTS, max_size=3), st.lists(PARTS, max_size=3))
def test_keys_are_equal_where_their_parts_are(one: list[object], other: list[object]) -> None:
    alike = repr(one) == repr(other) or (one == other and str(sorted(map(str, one))) == str(sorted(map(str, other))))
    assert (key("test", *one) == key("test", *other)) >= alike
    assert key("test", *one) != key("other", *one)
    assert len(key("test", *one)) == 64


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("ab", "c"), ("a", "bc"), id="letters moved to the next part"),
        pytest.param(("a", "b"), (["a", "b"],), id="two parts, and a list of both"),
        pytest.param((1,), ("1",), id="a number, and its digits"),
        pytest.param((None,), ("",), id="nothing, and an empty text"),
        pytest.param((True,), (1,), id="a truth, and one"),
        pytest.param((), ([],), id="no part, and an empty one"),
    ],
)
def test_keys_of_different_parts_differ(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert key("test", *one) != key("test", *other)


def test_the_order_of_a_mapping_does_not_matter() -> None:
    assert key("test", {"a": 1, "b": 2}) == key("test", {"b": 2, "a": 1})


# -- Where it is -----------------------------------------------------------------------------------------------------


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing of folders."""
    for name in ("KZPUB_STORE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        pytest.param({"KZPUB_STORE": "/s", "XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/s", id="where it is said"),
        pytest.param({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/kzpub/store", id="in the folder for caches"),
        pytest.param({"HOME": "/h"}, "/h/.cache/kzpub/store", id="in the home folder"),
        pytest.param({"KZPUB_STORE": "", "XDG_CACHE_HOME": "", "HOME": "/h"}, "/h/.cache/kzpub/store", id="unsaid"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="other folders")
def test_the_store_is_in_a_folder_for_caches(
    environment: dict[str, str], folder: str, bare: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        bare.setenv(name, value)
    assert default_folder() == Path(folder)


@pytest.mark.skipif(os.name == "nt", reason="other folders")
def test_a_user_without_a_home_has_no_store(bare: pytest.MonkeyPatch) -> None:
    import pwd

    def unknown(uid: int) -> None:
        raise KeyError(uid)  # as in a container that is started with any number

    bare.setattr(pwd, "getpwuid", unknown)
    assert default_folder() is None
