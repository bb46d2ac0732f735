"""Names put together from common surnames and characters; they are nobody's.

Han and most other groups carry a surname and a given name. Yi names join a clan's name and a given
name; Tibetan names are two words and no surname. All are put together from common words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Odds

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice


def _pairs(words: str) -> tuple[str, ...]:
    """The words of two characters each that stand in a row."""
    return tuple(first + last for first, last in zip(words[::2], words[1::2], strict=True))


# The common surnames of Sichuan, and those one meets in the mountains of Bazhong, by rough odds.
SURNAMES: Final = Odds(
    dict.fromkeys("李王张刘陈杨", 60)
    | dict.fromkeys("何罗周吴赵黄徐唐", 30)
    | dict.fromkeys("苟蒲谭向冯岳马彭邓曾", 22)
    | dict.fromkeys("谢郑程余朱蒋熊廖付董景闫石龙任袁魏杜赖秦文白冉屈", 9)
)
_YI, _TIBETAN, _QIANG = "07", "04", "33"
_YI_CLANS: Final = _pairs("阿尔吉克沙马曲木马海吉木的日海来俄木阿苦尔古吉伍勒格阿侯木乃乃古")
_YI_GIVEN: Final = {
    "male": _pairs("木呷尔洛拉铁古体子日木沙伍合克布日哈尔哈石布打一曲布木牛"),
    "female": _pairs("阿呷阿依妞妞伍呷史布阿支子作阿果伍牛尔作阿牛日作阿西子呷"),
}
_TIBETAN_FIRST: Final = _pairs("扎西多吉次仁泽仁格桑洛绒尼玛达瓦四郎降央仁青丹增")
_TIBETAN_LAST: Final = {
    "male": _pairs("多吉扎西彭措罗布邓珠尼玛旺堆绒布洛珠平措"),
    "female": _pairs("卓玛拉姆曲珍央金志玛拉措娜姆白玛翁姆卓嘎"),
}
_QIANG_SURNAMES: Final = Odds(dict.fromkeys("余王杨陈龙何张", 20) | dict.fromkeys("耿尔泽茂", 4))
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


def make_surname(dice: Dice, ethnicity: str = "01") -> str:
    """A surname or clan's name by its odds; empty where names have none."""
    if ethnicity == _YI:
        return dice.pick(_YI_CLANS)
    if ethnicity == _TIBETAN:
        return ""
    return dice.draw(_QIANG_SURNAMES if ethnicity == _QIANG else SURNAMES)


def make_given_name(dice: Dice, sex: str, born: int, ethnicity: str = "01") -> str:
    """A given name in the taste of the group and of the year of birth."""
    if ethnicity == _YI:
        return dice.pick(_YI_GIVEN[sex])
    if ethnicity == _TIBETAN:
        return dice.pick(_TIBETAN_FIRST) + dice.pick(_TIBETAN_LAST[sex])
    first, last = next(table for before, table in _ERAS if born < before)[sex]
    if dice.chance(_ONE_CHARACTER):
        return dice.pick(last)
    return dice.pick(first) + dice.pick(last)
