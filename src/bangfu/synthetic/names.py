"""Names put together from common surnames and characters; they are nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Odds

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice

# The common surnames of Sichuan, and those one meets in the mountains of Bazhong, by rough odds.
SURNAMES: Final = Odds(
    dict.fromkeys("李王张刘陈杨", 60)
    | dict.fromkeys("何罗周吴赵黄徐唐", 30)
    | dict.fromkeys("苟蒲谭向冯岳马彭邓曾", 22)
    | dict.fromkeys("谢郑程余朱蒋熊廖付董景闫石龙任袁魏杜赖秦文白冉屈", 9)
)
_OLDER: Final = {
    "male": ("国明正文光德元先永天开朝仕大学绍成", "明贵才发云福金全华林富清祥忠安和"),
    "female": ("秀玉桂素春淑天子国成光正", "英芳珍兰华琼碧容莲芝清蓉菊香"),
}
_MIDDLE: Final = {
    "male": ("建志小晓永勇海俊文国光伟", "军平勇强华伟林波明辉东刚斌涛"),
    "female": ("小晓丽红艳春海玉雪建燕桂", "梅芳琼英丽华霞群蓉燕玲萍敏"),
}
_YOUNGER: Final = {
    "male": ("子浩宇俊梓一明嘉欣博思雨", "轩杰豪涵宇然鑫睿晨阳航洋霖"),
    "female": ("欣雨梓思诗子佳一梦语可若", "怡涵萱琪悦瑶婷妍蕊然琳菲彤"),
}
_ERAS: Final = ((1972, _OLDER), (1998, _MIDDLE), (9999, _YOUNGER))
_ONE_CHARACTER: Final = 18
"""Percent of given names with one character."""


def make_surname(dice: Dice) -> str:
    """A surname by its odds."""
    return dice.draw(SURNAMES)


def make_given_name(dice: Dice, sex: str, born: int) -> str:
    """A given name in the taste of the year of birth."""
    first, last = next(table for before, table in _ERAS if born < before)[sex]
    if dice.chance(_ONE_CHARACTER):
        return dice.pick(last)
    return dice.pick(first) + dice.pick(last)
