"""The audit in words: what was done to what, for people who have never seen the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.audit.api import Kind

if TYPE_CHECKING:
    from bangfu.foundation.audit.api import AuditEvent

__all__ = ["KINDS", "SUBJECTS", "deed"]

KINDS: Final = {
    Kind.OPENED: _("打开"),
    Kind.LISTED: _("列出"),
    Kind.COUNTED: _("统计"),
    Kind.CHANGED: _("办理"),
    Kind.REFUSED: _("被拒绝"),
}
SUBJECTS: Final = {
    "household": _("农户"),
    "member": _("家庭成员"),
    "import_batch": _("导入批次"),
    "feed_list": _("部门名单"),
    "list_row": _("部门名单的行"),
    "household_reports": _("部门推送"),
    "division": _("区划"),
    "file": _("文件"),
    "person": _("人员"),
    "posting": _("岗位"),
    "pack_version": _("政策包"),
    "snapshot": _("快照"),
    "run": _("筛查"),
    "matter": _("事项"),
    "clue": _("线索"),
    "session": _("登录"),
    "cadre": _("队伍人员"),
    "duty": _("任职"),
    "pairing": _("结对帮扶"),
    "grid": _("网格"),
    "organisation": _("单位"),
    "teams_upload": _("队伍信息表"),
}
_DEEDS: Final = {
    "registry.batch_committed": _("提交导入批次"),
    "registry.batch_reversed": _("撤回导入批次"),
    "registry.batch_discarded": _("放弃导入批次"),
    "registry.upload_checked": _("核对上传的登记表"),
    "exchange.list_checked": _("核对部门名单"),
    "exchange.list_committed": _("提交部门名单"),
    "exchange.list_withdrawn": _("撤回部门名单"),
    "exchange.list_discarded": _("放弃部门名单"),
    "exchange.reports_read": _("读取部门推送用于判断"),
    "exchange.row_matched": _("把名单的一行匹配到农户"),
    "exchange.row_settled": _("认定名单的一行不用匹配"),
    "exchange.row_undone": _("撤销名单一行的认定"),
    "registry.secret_revealed": _("查看完整号码"),
    "registry.frames_read": _("读取登记数据用于判断"),
    "registry.divisions_loaded": _("载入区划"),
    "screening.run": _("筛查"),
    "screening.snapshot_taken": _("冻结登记簿"),
    "screening.snapshots_dropped": _("删除到期快照"),
    "policy.pack_published": _("公布政策包"),
    "access.posting_granted": _("给予岗位"),
    "access.posting_ended": _("结束岗位"),
    "accounts.person_created": _("新增人员"),
    "audit.exported": _("导出审计记录"),
    "teams.upload_checked": _("核对上传的队伍信息表"),
    "teams.upload_committed": _("写入队伍信息表"),
    "teams.upload_discarded": _("放弃队伍信息表"),
    "teams.organisation_loaded": _("登记单位"),
    "teams.organisation_succeeded": _("办理单位变更"),
    "teams.duty_loaded": _("登记任职"),
    "teams.duty_ended": _("结束任职"),
    "teams.duty_handed_over": _("交接任职"),
    "teams.pairing_loaded": _("登记结对帮扶"),
    "teams.pairing_ended": _("结束结对帮扶"),
    "teams.pairing_handed_over": _("交接结对帮扶"),
    "teams.grid_loaded": _("登记网格"),
    "teams.phone_revealed": _("查看完整电话"),
    "clue.assign": _("分派线索"),
    "clue.reassign": _("改派线索"),
    "clue.verify": _("核实线索：属实"),
    "clue.dismiss": _("核实线索：不纳入"),
    "clue.reopen": _("重新打开线索"),
    "clue.opened": _("打开线索"),
    "clue.listed": _("列出线索"),
    "clue.exported": _("导出线索"),
    "clue.work_listed": _("打开今日工作"),
}


def deed(event: AuditEvent) -> str:
    """`打开农户`, `提交导入批次`: the action by its own words, else kind and subject."""
    if event.action in _DEEDS and event.kind != Kind.REFUSED:
        return str(_DEEDS[event.action])
    subject = SUBJECTS.get(event.subject_type)
    kind = str(KINDS[Kind(event.kind)])
    return _now("%(kind)s%(subject)s") % {"kind": kind, "subject": subject} if subject else kind
