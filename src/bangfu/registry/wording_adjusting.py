"""The words of what stands against a change of households."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

_ASK_ANEW: Final = _("请看清现在的情况，需要的话退回，再重新提出。")

ADJUSTING: Final = {
    "registry.household_unknown": Sentence(
        _("找不到户编号 %(number)s"), _("请核对户编号；不在您管辖范围内的户也查不到。")
    ),
    "registry.off_the_rolls": Sentence(
        _("这一户已经不在册"), _("不在册的户只留历史，不能再变更。")
    ),
    "registry.day_not_come": Sentence(
        _("%(day)s 还没有到"), _("请填变更实际发生的日期，今天或以前。")
    ),
    "registry.before_registration": Sentence(
        _("户编号 %(number)s 在那一天还没有登记"), _("这一户从 %(day)s 起登记，请填那天或以后。")
    ),
    "registry.later_data_differs": Sentence(
        _("%(day)s 的登记数据和这次变更对不上"),
        _("那一天的数据已经录入。请核对变更日期，或者把日期填在那天以后。"),
    ),
    "registry.changed_since_asked": Sentence(
        _("%(what)s在提出以后改过：提出时是“%(before)s”，现在是“%(now)s”"), _ASK_ANEW
    ),
    "registry.changed_since_adjusted": Sentence(
        _("这一户在变更以后又改过"), _("只能再提一次变更，把它改回来。")
    ),
    "registry.people_moved_since": Sentence(
        _("有成员现在登记在另一户"), _("请先办那一户的变更，再撤销这一次。")
    ),
    "registry.undone_already": Sentence(_("这次变更已经撤销过")),
    "registry.person_in_household": Sentence(
        _("这个人现在登记在户编号 %(owner)s 名下"), _("请先在那一户办减少，或者办并户。")
    ),
    "registry.member_elsewhere": Sentence(
        _("这个人已经登记在您辖区以外的一户"), _("请联系上级，由原来的地方先办减少。")
    ),
    "registry.person_there": Sentence(
        _("人编号 %(person)s 已经是这一户的成员"), _("请核对人编号。")
    ),
    "registry.not_a_member": Sentence(
        _("人编号 %(person)s 不是这一户的成员"), _("请看清现在的成员，再重新提出。")
    ),
    "registry.head_leaves": Sentence(
        _("户主走了，还没有新户主"), _("请同时指定新户主；分户时户主要留在原来的户。")
    ),
    "registry.two_heads": Sentence(
        _("一户只能有一个户主"), _("请改正与户主关系；换户主请办“变更户主”。")
    ),
    "registry.head_already": Sentence(_("这个人已经是户主"), _("请选另一个成员。")),
    "registry.relation_missing": Sentence(
        _("没有写%(name)s与户主的关系"), _("每个成员都要写清与户主的关系。")
    ),
    "registry.number_taken": Sentence(
        _("户编号“%(number)s”不能用"), _("户编号一户一个，终身不变，用过的不再用。请换一个。")
    ),
    "registry.split_leaves_nobody": Sentence(
        _("分户以后，两边都要有人"), _("请选要分出去的成员，不能一个不选，也不能全选。")
    ),
    "registry.merge_with_itself": Sentence(_("不能并入自己"), _("请填另一户的户编号。")),
    "registry.nothing_changes": Sentence(_("什么也没有改"), _("请填要改成的内容。")),
    "registry.not_to_correct": Sentence(
        _("“%(item)s”不能在这里更正"), _("人口数跟着成员走，住址所在的村用“迁移”办。")
    ),
    "registry.row_gone": Sentence(_("要更正的那一行已经没有了"), _ASK_ANEW),
    "registry.code_unknown": Sentence(
        _("代码“%(code)s”不在代码表里，或者那一天还不能用"), _("请从列表里选。")
    ),
    "registry.living_unknown": Sentence(_("没有代码是 %(place)s 的地方"), _("请核对居住地代码。")),
}
