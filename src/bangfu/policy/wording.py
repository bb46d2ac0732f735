"""The words of refused packs, of data no rule may be asked about, and of publishing."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

FILES: Final = {
    "pack.not_found": Sentence(_("没有名为“%(name)s”的政策包"), _("请检查名称或文件夹路径。")),
    "pack.extends_itself": Sentence(
        _("政策包“%(name)s”绕了一圈又继承到自己"), _("请改正 pack.yaml 中的 extends。")
    ),
    "pack.no_head": Sentence(_("缺少 pack.yaml"), _("每个政策包都要有一个 pack.yaml。")),
    "pack.unknown_file": Sentence(
        _("政策包里有不认识的文件"),
        _(
            "只能有 pack.yaml、calendar.yaml、comparison.yaml、measures.yaml、phases.yaml、"
            "说明（.md）和各文件夹中的 .yaml 文件。"
        ),
    ),
    "pack.not_unicode": Sentence(_("文件不是 UTF-8 编码"), _("请另存为 UTF-8 编码。")),
    "pack.too_long": Sentence(_("文件过大"), _("请拆分成几个文件。")),
    "pack.not_yaml": Sentence(_("这一行不是有效的 YAML"), _("请检查缩进、冒号和引号。")),
    "pack.empty_file": Sentence(_("文件是空的"), _("请填写内容或删除文件。")),
    "pack.alias": Sentence(_("不能使用 YAML 别名（*）"), _("请把内容写在用到的地方。")),
    "pack.not_a_mapping": Sentence(_("这里应当是“名称: 内容”的形式"), ""),
    "pack.not_a_list": Sentence(_("这里应当是一个列表"), ""),
    "pack.not_a_text": Sentence(_("这里应当是一段文字或一个数"), ""),
    "pack.not_a_truth": Sentence(_("“%(value)s”应当是 true 或 false"), ""),
    "pack.not_a_day": Sentence(_("“%(value)s”不是日期"), _("请写成 2026-01-01 的形式。")),
    "pack.empty_text": Sentence(_("中文和英文都要填写"), ""),
    "pack.bad_name": Sentence(
        _("“%(name)s”不能用作名称"), _("名称用小写英文字母、数字和下划线，以字母开头。")
    ),
    "pack.doubled": Sentence(_("“%(name)s”写了两次"), _("请改名，或删除其中一处。")),
    "pack.unknown_key": Sentence(_("不认识“%(name)s”这一项"), _("请检查拼写。")),
    "pack.missing_key": Sentence(_("缺少“%(name)s”这一项"), _("请补上。")),
    "pack.other_name": Sentence(_("名称“%(name)s”与文件夹“%(folder)s”不一致"), _("请改成一致。")),
    "pack.other_layout": Sentence(
        _("政策包写给登记表版本“%(name)s”，不是现在的版本"), _("请核对后更新 layout。")
    ),
}

PARAMETERS: Final = {
    "pack.unknown_unit": Sentence(_("单位“%(unit)s”不认识，或与计量不符"), _("请从单位表中选用。")),
    "pack.bad_amount": Sentence(
        _("“%(value)s”不是有效的数值（单位 %(unit)s）"), _("请填写不小于零的数，金额最多两位小数。")
    ),
    "pack.period_backwards": Sentence(_("截止日期不在起始日期之后"), _("请改正日期。")),
    "pack.parameter_overlap": Sentence(
        _("与 %(other)s 第 %(line)s 行的数值日期重叠"), _("同一范围内每一天只能有一个数值。")
    ),
    "pack.parameter_wider": Sentence(
        _("不能覆盖 %(other)s 第 %(line)s 行更窄范围的数值"),
        _("后面的政策包只能另设时段，或者给更小的范围设值。"),
    ),
    "pack.bad_scope": Sentence(_("“%(scope)s”不是区划代码"), _("请填写 0、2、4 或 6 位代码。")),
    "pack.scope_outside": Sentence(
        _("范围 %(scope)s 超出政策包的范围 %(pack)s，或细于县级"), _("请改正 scope。")
    ),
    "pack.unknown_parameter": Sentence(_("没有名为“%(name)s”的参数"), _("相近的名称：%(near)s。")),
}

EXPRESSIONS: Final = {
    "pack.syntax": Sentence(_("条件写法有误"), _("检查器说：%(found)s")),
    "pack.unknown_field": Sentence(_("没有“%(name)s”这个项目"), _("相近的名称：%(near)s。")),
    "pack.type_error": Sentence(_("“%(operator)s”两边的类型不合"), _("请检查两边各是什么。")),
    "pack.not_admitted": Sentence(_("条件中不能使用“%(what)s”"), _("可用的写法见“规则语言”一表。")),
    "pack.measure_mismatch": Sentence(
        _("计量不同：一边是 %(left)s，一边是 %(right)s"),
        _("金额、面积、年月和普通数不能混用；数值请设为有单位的参数。"),
    ),
    "pack.unknown_code": Sentence(_("代码表 %(list)s 中没有“%(code)s”"), _("请从代码表中选用。")),
    "pack.code_comparison": Sentence(
        _("代码项只能与写明的代码比较"), _('例如 housing_grade == "C"。')
    ),
    "pack.not_a_condition": Sentence(_("这里应当是一个条件，结果为真或假"), ""),
    "pack.cannot_lower": Sentence(
        _("计算引擎无法保证这一算式（%(why)s）"), _("请减小数值范围，或改写算式。")
    ),
    "pack.may_be_negative": Sentence(_("汇总的数可能小于零"), _("只能汇总不小于零的项目。")),
}

DEFINITIONS: Final = {
    "pack.name_taken": Sentence(_("“%(name)s”是登记项目的名称"), _("请换一个名称。")),
    "pack.one_gathering": Sentence(
        _("“%(name)s”应当恰好写 count、any、sum、max、value 中的一项"), ""
    ),
    "pack.cycle": Sentence(_("这些事实互相引用：%(facts)s"), _("请去掉其中一处引用。")),
    "pack.unknown_risk": Sentence(_("没有“%(risk)s”这种风险类型"), _("请从 risks 中选用。")),
    "pack.unknown_severity": Sentence(
        _("“%(severity)s”不是严重程度"), _("请写 high、medium 或 low。")
    ),
    "pack.bad_placeholder": Sentence(
        _("句子中的“%(name)s”没有对应的数值"), _("请填写项目、事实或参数的名称。")
    ),
    "pack.true_of_nothing": Sentence(
        _("规则“%(rule)s”对一无所知的农户也会触发"), _("请补上必须已知的条件。")
    ),
    "pack.test_failed": Sentence(
        _("测试“%(name)s”应为 %(expected)s，实为 %(found)s"), _("请检查规则，或改正测试。")
    ),
}

DATA: Final = {
    "rules.missing_column": Sentence(_("数据缺少“%(name)s”一列"), _("请重新生成快照。")),
    "rules.wrong_type": Sentence(_("“%(name)s”的数据类型不对"), _("请重新生成快照。")),
    "rules.out_of_bounds": Sentence(
        _("“%(name)s”有超出 %(low)s 至 %(high)s 的数值"), _("请先更正登记数据。")
    ),
    "rules.doubled_household": Sentence(_("同一农户出现两次"), _("请重新生成快照。")),
    "rules.too_many_members": Sentence(_("一户的成员超过 %(most)s 人"), _("请先更正登记数据。")),
    "rules.too_many_reports": Sentence(
        _("一户的部门推送记录超过 %(most)s 条"), _("请先核对导入的名单。")
    ),
    "rules.runtime_error": Sentence(_("规则计算出错，已停止：%(error)s"), _("请联系系统管理员。")),
}

PUBLISHING: Final = {
    "policy.demo_pack": Sentence(
        _("“%(pack)s”含有演示用的虚构数值，不能在这里发布"), _("请发布本省的政策包。")
    ),
    "policy.label_taken": Sentence(
        _("版本“%(label)s”已经发布过不同的内容"), _("内容有改动时请更改 pack.yaml 中的 version。")
    ),
    "policy.nothing_in_force": Sentence(_("%(day)s 没有生效的政策包"), _("请先由省级发布政策包。")),
    "policy.unknown_version": Sentence(_("没有发布过版本 %(hash)s"), ""),
    "policy.content_altered": Sentence(
        _("版本“%(label)s”的内容与发布时不一致"), _("请联系系统管理员和审计管理员。")
    ),
}

PHASES: Final = {
    "policy.phase_frozen_early": Sentence(
        _("frozen_from 早于阶段的结束日期，或者阶段没有结束日期"), _("请改正日期。")
    ),
    "policy.phase_gap": Sentence(
        _("阶段“%(name)s”不是从上一阶段结束的那一天开始"), _("各阶段的日期应当首尾相接。")
    ),
    "policy.form_out_of_order": Sentence(
        _("表的启用日期不在阶段之内，或者没有按先后排列"), _("请改正日期。")
    ),
    "policy.no_form_at_first": Sentence(
        _("阶段的第一天没有登记用表"), _("第一张表应当从阶段的第一天起启用。")
    ),
    "policy.not_a_category": Sentence(
        _("“%(name)s”不是农户的代码项目"), _("只能给取自代码表的单选项目规定类别。")
    ),
    "policy.code_outside_phase": Sentence(
        _("代码“%(code)s”在这一阶段的任何一天都不能使用"), _("请核对代码表中的日期。")
    ),
    "policy.becomes_no_category": Sentence(
        _("“%(code)s”不是这一阶段的类别"), _("becomes 应当是本阶段 categories 中的一项。")
    ),
    "policy.relabel_unreached": Sentence(
        _("“%(code)s”的这一改称永远用不上"), _("请删除，或者写在更宽的改称之前。")
    ),
    "policy.phase_frozen": Sentence(
        _("%(day)s 属于已经结束的阶段，数据已封存"),
        _("已结束阶段的数据不再改写；请按今天的情况登记。"),
    ),
    "policy.before_phases": Sentence(
        _("%(day)s 早于建档立卡的第一个阶段"), _("请选择更晚的日期。")
    ),
}

PROPOSALS: Final = {
    "policy.archive_unreadable": Sentence(
        _("这不是可以打开的 zip 文件"), _("请把政策包的文件夹压缩成 zip 再上传。")
    ),
    "policy.archive_too_large": Sentence(
        _("文件太大，最多 %(most)s 千字节"), _("政策包里只放 YAML 文件，请去掉其他内容。")
    ),
    "policy.archive_too_many": Sentence(
        _("文件太多，最多 %(most)s 个"), _("请去掉不属于政策包的文件。")
    ),
    "policy.archive_strange_file": Sentence(
        _("zip 里有不能接受的文件"),
        _("文件名只用英文字母、数字、点、横线和下划线，不要加密、链接或多层文件夹。"),
    ),
    "policy.day_passed": Sentence(
        _("%(day)s 已经过去，不能从那一天起施行"), _("请选择今天或以后的日期。")
    ),
    "policy.already_in_force": Sentence(_("“%(label)s”正在施行，内容相同"), _("不需要再次发布。")),
    "policy.proposal_decided": Sentence(_("“%(label)s”的提议已经有结论"), ""),
    "policy.own_proposal": Sentence(
        _("提议人不能自己确认"), _("请另一位有“发布政策规则”权限的人确认。")
    ),
    "policy.proposal_unchecked": Sentence(_("测试还没有运行完"), _("请稍候再确认。")),
    "policy.proposal_fails": Sentence(
        _("有 %(count)s 个测试不通过"), _("请改正政策包后重新提议。")
    ),
}

SENTENCES: Final = (
    FILES | PARAMETERS | EXPRESSIONS | DEFINITIONS | DATA | PUBLISHING | PHASES | PROPOSALS
)
