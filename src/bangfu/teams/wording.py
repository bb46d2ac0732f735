"""The words of this room's problems: what is wrong, and how to put it right."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

_SPELLS: Final = {
    "teams.ends_before_it_begins": Sentence(
        _("结束日期早于起始日期"),
        _("起始 %(start)s，结束 %(end)s。请改正其中一个；录入有误的，两个日期填成同一天。"),
    ),
    "teams.holds_already": Sentence(
        _("这个人在这段时间已经担任"),
        _("已有一段从 %(start)s 到 %(end)s。请先结束那一段，或改日期。"),
    ),
    "teams.held_by_another": Sentence(
        _("这段时间已经有人担任，只能有一个"),
        _("已有一段从 %(start)s 到 %(end)s。请用“交接”，或在同一张表里填上前一位的终止日期。"),
    ),
    "teams.ended_already": Sentence(
        _("已经结束，不能再改"), _("结束于 %(end)s。要重新开始，请另录一段。")
    ),
    "teams.main_changed": Sentence(
        _("主要责任人有变化"), _("请先结束这一段结对，再从变化那天另录一段。")
    ),
    "teams.row_twice": Sentence(_("同一段录了两次"), _("请留一行，删去另一行。")),
    "teams.reason_without_end": Sentence(
        _("有结束原因，没有终止日期"), _("请填终止日期，或去掉结束原因。")
    ),
    "teams.reason_unknown": Sentence(_("没有这种结束原因"), _("请从列表中选。")),
    "teams.changed_meanwhile": Sentence(
        _("核对以后，队伍信息又有变化"), _("什么也没有写入。请重新上传，核对后再提交。")
    ),
    "teams.upload_over": Sentence(_("这个文件已经写入或者放弃"), _("请重新上传。")),
}
_PLACES: Final = {
    "teams.place_unknown": Sentence(_("没有这个区划代码"), _("%(found)s 不在区划表里。请改正。")),
    "teams.place_outside_list": Sentence(
        _("不在这张表填报的地方"), _("请改正区划代码，或按地方分开上传。")
    ),
    "teams.place_not_yours": Sentence(_("不在您管理的地方"), _("请由管理那里的人录入。")),
    "teams.place_of_another_tier": Sentence(
        _("这个职务不设在这一级"), _("请填这个职务所在的村、乡镇或县的代码。")
    ),
    "teams.place_name_differs": Sentence(
        _("地方名称和区划代码对不上"), _("这个代码是%(name)s。请改正其中一个。")
    ),
    "teams.net_unknown": Sentence(
        _("没有这张网"), _("县级网填县的代码，乡级网填乡镇的代码，村级网填村的代码。")
    ),
    "teams.cell_kind": Sentence(
        _("这一级网没有这类单元"),
        _("县级网的单元是乡镇和部门，乡级网的是村，村级网的是村民小组。"),
    ),
    "teams.cell_outside_net": Sentence(_("单元不在这张网里"), _("请改正网或单元的区划代码。")),
    "teams.cell_name": Sentence(_("单元名称没有填，或者太长"), _("最多 64 个字。")),
    "teams.day_missing": Sentence(_("有人员，没有起始日期"), _("请填从哪一天起。")),
}
_PEOPLE: Final = {
    "teams.role_unknown": Sentence(_("没有这个职务"), _("请从列表中选。")),
    "teams.role_of_grid": Sentence(_("这是网格里的职务"), _("请填在“网格”表里。")),
    "teams.role_not_of_grid": Sentence(_("这不是网格里的职务"), _("请填在“任职”表里。")),
    "teams.person_name": Sentence(_("姓名没有填，或者太长"), _("最多 64 个字。")),
    "teams.person_unknown": Sentence(_("没有这个人员编号"), _("请核对编号；新录入的人不填编号。")),
    "teams.person_differs": Sentence(
        _("姓名和登记的对不上"), _("编号或电话登记的是另一个姓名。请核对。")
    ),
    "teams.person_unidentified": Sentence(
        _("认不出是哪一个人"), _("同名的人很多。请填人员编号、电话或者单位。")
    ),
    "teams.person_ambiguous": Sentence(_("有几个人符合"), _("请填人员编号，能从人员页上查到。")),
    "teams.phone": Sentence(_("电话号码写法不对"), _("只用数字和短横，7 到 16 位。")),
    "teams.household_unknown": Sentence(
        _("您管理的地方没有这个户编号"), _("请核对户编号；外县的户由当地录入。")
    ),
    "teams.head_differs": Sentence(_("户主姓名和登记的对不上"), _("请核对户编号。")),
    "teams.reason_missing": Sentence(_("请写明为什么看"), _("理由和您的名字一起留在记录里。")),
}
_ORGANISATIONS: Final = {
    "teams.organisation_missing": Sentence(
        _("没有填派出单位"), _("这个职务由单位派出，请填单位名称。")
    ),
    "teams.organisation_unknown": Sentence(
        _("没有这个单位"), _("请先在单位里录入，或改成登记的全称、统一社会信用代码。")
    ),
    "teams.organisation_ambiguous": Sentence(_("有几个单位同名"), _("请改填统一社会信用代码。")),
    "teams.organisation_name": Sentence(_("单位名称没有填，或者太长"), _("最多 128 个字。")),
    "teams.organisation_kind": Sentence(_("没有这类单位"), _("请从列表中选。")),
    "teams.organisation_there": Sentence(
        _("这个单位已经登记"), _("同一个地方有同名的单位还没有终止。")
    ),
    "teams.organisation_differs": Sentence(
        _("和登记的单位对不上"), _("类别或信用代码不同。要改名或合并，请办理单位变更。")
    ),
    "teams.credit_code": Sentence(
        _("统一社会信用代码不对"), _("应为 18 位，最后一位是校验码。请对照证照改正。")
    ),
    "teams.credit_code_taken": Sentence(
        _("这个信用代码登记在另一个单位"), _("请核对；改名的请办理单位变更。")
    ),
    "teams.succession_shape": Sentence(
        _("变更的种类和以后的单位对不上"),
        _("更名、合并填一个，分设填两个以上，撤销不填。"),
    ),
}
SENTENCES: Final = {**_SPELLS, **_PLACES, **_PEOPLE, **_ORGANISATIONS}
