"""The words of the register's problems: what is wrong, and how to put it right."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence
from bangfu.registry.wording_adjusting import ADJUSTING

_AGAINST_CARD: Final = _("请对照证件原件改正。")
_CHECK_AGAIN: Final = _("请重新上传，核对后再提交。已经写入的行会认出来，不会重复。")

_IDENTITY: Final = {
    "identity.length": Sentence(
        _("证件号码位数不对"),
        _("居民身份证号码是 18 位，残疾人证号码是 20 位或 22 位。请对照证件原件改正。"),
    ),
    "identity.characters": Sentence(
        _("证件号码里有不该有的字符"), _("只能是数字，最后一位可以是 X。请对照证件原件改正。")
    ),
    "identity.birth_date": Sentence(
        _("证件号码里的出生日期不存在"), _("第 7 至 14 位不是一个真实的日期。请对照证件原件改正。")
    ),
    "identity.check_digit": Sentence(
        _("证件号码校验位不对"), _("多半是抄错一位。请对照证件原件改正。")
    ),
    "registry.certificate_number": Sentence(
        _("残疾人证号码的后两位不对"),
        _("第 19 位是残疾类别（1 至 7），第 20 位是残疾等级（1 至 4）。请对照证件原件改正。"),
    ),
    "registry.check_letter_small": Sentence(_("证件号码末位的小写 x 已按大写 X 处理")),
    "registry.birth_date_differs": Sentence(
        _("出生日期与证件号码不一致"), _("请对照证件原件，改正其中一个。")
    ),
    "registry.sex_differs": Sentence(
        _("性别与证件号码不一致"), _("证件号码第 17 位单数为男、双数为女。不影响导入，请核对。")
    ),
    "registry.area_unassigned": Sentence(
        _("证件号码的地区码没有分配"),
        _("%(area)s 开头的号码只用于演示数据，正式系统不接收。请改为真实的证件号码。"),
    ),
    "registry.identity_doubled": Sentence(
        _("同一个证件号码出现多次"),
        _("工作表“%(sheet)s”第 %(rows)s 行也是这个号码。请查清是谁的，每人只填一次。"),
    ),
    "registry.identity_taken": Sentence(
        _("这个人已经登记在另一户"),
        _("证件号码登记在户编号 %(owner)s 名下。若已迁出，请先更新那一户，或放进同一个文件。"),
    ),
    "registry.identity_elsewhere": Sentence(
        _("这个人已经登记在您辖区以外的一户"),
        _("请核对证件号码。若是迁入，请联系上级，由原来的地方先办迁出。"),
    ),
}

_HOUSEHOLDS: Final = {
    "registry.household_missing": Sentence(
        _("有家庭成员，没有这一户"),
        _("户编号 %(number)s 在农户信息表里没有。请补上这一户，或改正户编号。"),
    ),
    "registry.household_doubled": Sentence(
        _("户编号重复"), _("户编号 %(number)s 有两行或更多。请只留一行。")
    ),
    "registry.household_elsewhere": Sentence(
        _("这个户编号已经登记在您的辖区以外"),
        _("请核对户编号 %(number)s。若是整户迁入，请联系上级，由原来的地方先办迁出。"),
    ),
    "registry.members_missing": Sentence(
        _("这一户没有家庭成员"), _("户编号 %(number)s 在家庭成员表里没有。请补上成员。")
    ),
    "registry.person_doubled": Sentence(
        _("户内人编号重复"), _("人编号 %(number)s 有两行或更多。请改正或删除多余的行。")
    ),
    "registry.person_shared": Sentence(
        _("同一个人编号出现在几户"),
        _("工作表“%(sheet)s”第 %(rows)s 行也是这个人编号。每人只属于一户，请改正。"),
    ),
    "registry.person_taken": Sentence(
        _("这个人编号已经登记在另一户"),
        _("人编号登记在户编号 %(owner)s 名下。若已迁出，请先更新那一户，或放进同一个文件。"),
    ),
    "registry.person_elsewhere": Sentence(
        _("这个人编号已经登记在您辖区以外的一户"),
        _("请核对人编号。若是迁入，请联系上级，由原来的地方先办迁出。"),
    ),
    "registry.head_missing": Sentence(
        _("这一户没有户主"), _("请把一名成员的“与户主关系”填为“户主”。")
    ),
    "registry.head_doubled": Sentence(
        _("这一户有两个或更多户主"), _("一户只能有一个户主。请改正其他成员的“与户主关系”。")
    ),
    "registry.head_name_differs": Sentence(
        _("户主姓名与家庭成员表里的户主不一致"), _("请改正其中一处，使两处姓名一致。")
    ),
    "registry.size_differs": Sentence(
        _("家庭人口数与成员行数不一致"),
        _("填的是 %(size)s 人，成员表里有 %(members)s 人。请改正人口数，或补上、删除成员。"),
    ),
    "registry.parts_differ": Sentence(
        _("合计不等于各分项之和"), _("合计 %(total)s 元，各分项之和 %(parts)s 元。请改正。")
    ),
    "registry.unstable_not_alleviated": Sentence(
        _("脱贫不稳定户必须是脱贫户"), _("请改正户类型或监测对象类别。")
    ),
    "registry.marginal_alleviated": Sentence(
        _("边缘易致贫户不能是脱贫户"), _("请改正户类型或监测对象类别。")
    ),
    "registry.village_unknown": Sentence(
        _("没有这个行政村"), _("代码 %(village)s 在数据日期那天不存在。请查区划代码后改正。")
    ),
    "registry.village_outside": Sentence(
        _("行政村不在本次导入的范围内"),
        _("代码 %(village)s 不在您选的地方或您的职责范围里。请改正代码，或交给该地导入。"),
    ),
    "registry.after_data_date": Sentence(
        _("日期晚于数据日期"), _("数据日期那天还不会发生。请改正这里，或改正数据日期。")
    ),
    "registry.phone_length": Sentence(_("联系电话不是 11 位数字"), _("不影响导入，请核对后补正。")),
    "registry.required_empty": Sentence(_("必填项没有填"), _("请补上这一格。")),
    "registry.text_too_long": Sentence(
        _("文字太长"), _("最多 %(limit)s 个字。请写短一些，系统不会截断。")
    ),
    "registry.row_refused": Sentence(
        _("这一行有单元格不能用"), _("同类问题太多，没有逐个列出。请先改正已列出的，再重新上传。")
    ),
}

_BATCHES: Final = {
    "registry.data_date_in_future": Sentence(
        _("数据日期还没有到"), _("%(day)s 在今天之后。请填数据截至的那一天。")
    ),
    "registry.batch_over": Sentence(_("这一批已经处理完，不能再提交或放弃"), _CHECK_AGAIN),
    "registry.register_changed": Sentence(
        _("核对以后，登记信息又有变化，没有写入任何数据"), _CHECK_AGAIN
    ),
    "registry.batch_not_committed": Sentence(
        _("这一批没有写入，或者已经撤回"), _("不需要再撤回。")
    ),
    "registry.reason_missing": Sentence(_("没有写明理由"), _("请写明理由，它会留在记录里。")),
    "registry.changed_since": Sentence(
        _("这一户后来又有变化，没有撤回"), _("请逐户核对，需要时单独更正。")
    ),
    "registry.people_moved_on": Sentence(
        _("这一户原来的成员现在登记在别的户，没有撤回"), _("请先更正那一户。")
    ),
}

_DIVISIONS: Final = {
    "registry.division_unknown": Sentence(
        _("没有这个行政区划"), _("代码 %(code)s 在那一天不存在。请查区划代码。")
    ),
    "registry.division_not_moved": Sentence(
        _("被合并的地方还有下级没有去处"), _("请给 %(code)s 指定新的代码。")
    ),
}

SENTENCES: Final = {**_IDENTITY, **_HOUSEHOLDS, **_BATCHES, **_DIVISIONS, **ADJUSTING}
