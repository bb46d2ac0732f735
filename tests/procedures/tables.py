"""Small procedure tables for tests."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

from bangfu.procedures.domain.reading import read_procedure

if TYPE_CHECKING:
    from bangfu.procedures.domain.table import Procedure

CLUE_TEXT: Final = (files("bangfu") / "packs" / "nation" / "procedures" / "clue.yaml").read_text(
    encoding="utf-8"
)
CLUE: Final[Procedure] = read_procedure(CLUE_TEXT, "clue.yaml")

REVIEW_TEXT: Final = """\
name: review
version: "1"
valid_from: 2026-01-01
reads: cases.read
label: {zh: 评议, en: Review}
source: 测试
opens: {state: drafted, label: {zh: 起草, en: Draft}, capability: cases.assign}
states:
  drafted: {label: {zh: 已起草, en: Drafted}, limit: {parameter: days, unit: calendar_days}}
  shown:
    label: {zh: 公示中, en: Shown}
    limit: {parameter: days, unit: working_days, from: opened}
    notice:
      label: {zh: 公示, en: Notice}
      place: {zh: 村公示栏, en: Village board}
      limit: {parameter: notice_days, unit: calendar_days}
  approved: {label: {zh: 已通过, en: Approved}, final: true}
moves:
  show:
    label: {zh: 公示, en: Show}
    from: [drafted]
    to: shown
    capability: cases.assign
    tiers: [township]
    guards: [quorum, attended]
    papers: [minutes]
  approve:
    label: {zh: 通过, en: Approve}
    from: [shown]
    to: approved
    capability: cases.verify
    tiers: [county]
    not_after: [show]
    announces: reviews.approved
facts:
  votes: {type: count, label: {zh: 赞成票, en: Votes in favour}}
  quorum_votes: {type: count, label: {zh: 通过票数, en: Votes needed}}
  attended: {type: flag, asked: true, label: {zh: 到会情况, en: Attendance}}
guards:
  quorum:
    when: votes >= quorum_votes
    reason: {zh: 票数不够, en: Too few votes}
    law: 村民委员会组织法第二十二条
  attended:
    when: attended
    reason: {zh: 没有记到会人数, en: Attendance is not recorded}
papers:
  minutes: {label: {zh: 会议记录, en: Minutes}}
"""
REVIEW: Final[Procedure] = read_procedure(REVIEW_TEXT, "review.yaml")
