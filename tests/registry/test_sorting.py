"""Names in the order of their sounds."""

from __future__ import annotations

from bangfu.registry.domain.sorting import name_key, place_key


def test_names_sort_by_sound_character_by_character() -> None:
    names = ["张三", "李春秀", "连杰", "陈静", "李安"]
    assert sorted(names, key=name_key) == ["陈静", "李安", "李春秀", "连杰", "张三"]


def test_tones_decide_between_equal_sounds() -> None:
    assert sorted(["马力", "麻力", "骂力"], key=name_key) == ["麻力", "马力", "骂力"]


def test_a_surname_sounds_as_a_surname_and_only_in_front() -> None:
    assert name_key("单国").startswith("shan4")
    assert name_key("李单").endswith("dan1")
    assert place_key("单县").startswith("dan1")


def test_keys_hold_nothing_that_databases_order_differently() -> None:
    for name in ("阿依·木呷", "Li Lei", "吕，X", "", "〇零"):
        key = name_key(name)
        assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
