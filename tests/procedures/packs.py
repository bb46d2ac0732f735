"""A small pack of its own, so that tests of the engine do not hang on the shipped tables."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = """\
pack: trial
version: "1"
name: {zh: 试验, en: Trial}
scope: ""
layout: "2026.2"
risks:
  illness: {zh: 因病, en: Illness}
"""
PARAMETERS: Final = """\
notice_days:
  name: {zh: 公示天数, en: Days of notice}
  unit: days
  source: 测试
  values:
    - {value: 5, from: 2026-01-01, source: 测试}
    - {value: 3, from: 2026-01-01, scope: "511922", source: 测试}
review_days:
  name: {zh: 评议时限, en: Days for the review}
  unit: working_days
  source: 测试
  values:
    - {value: 10, from: 2026-01-01, source: 测试}
help_days:
  name: {zh: 帮扶时限, en: Days of help}
  unit: working_days
  source: 测试
  values:
    - {value: 20, from: 2026-01-01, source: 测试}
income_line:
  name: {zh: 收入线, en: Income line}
  unit: yuan/person/year
  source: 测试
  values:
    - {value: 8000, from: 2026-01-01, to: 2027-01-01, source: 测试}
    - {value: 9000, from: 2026-01-01, to: 2027-01-01, scope: "511922", source: 测试}
least_months:
  name: {zh: 至少月数, en: Least months}
  unit: months
  source: 测试
  values:
    - {value: 6, from: 2026-01-01, source: 测试}
"""
FACTS: Final = """\
heads:
  name: {zh: 人数, en: People}
  unit: people
  count: "true"
at_work:
  name: {zh: 有人务工, en: Somebody works away}
  value: heads >= 1
"""
HELP: Final = """\
name: help
version: "1"
valid_from: 2026-01-01
reads: cases.read
label: {zh: 帮扶, en: Help}
source: 测试
opens: {state: opened, label: {zh: 受理, en: Receive}, capability: cases.record}
states:
  opened: {label: {zh: 已受理, en: Received}}
  reviewed:
    label: {zh: 已评议, en: Reviewed}
    limit: {parameter: review_days, unit: working_days}
    escalates: [{after: 3, to: county}, {after: 0, to: township}]
  notice:
    label: {zh: 公示中, en: On notice}
    notice:
      label: {zh: 公示, en: Notice}
      place: {zh: 村务公开栏, en: Village board}
      limit: {parameter: notice_days, unit: calendar_days}
  helped:
    label: {zh: 帮扶中, en: Helped}
    limit: {parameter: help_days, unit: working_days, from: opened}
  ended: {label: {zh: 已结束, en: Ended}, final: true}
  refused: {label: {zh: 不同意, en: Refused}, final: true}
moves:
  review:
    label: {zh: 评议通过, en: Pass}
    from: [opened]
    to: reviewed
    capability: cases.verify
    tiers: [village, township]
    papers: [minutes]
  post:
    label: {zh: 张贴公示, en: Post}
    from: [reviewed]
    to: notice
    capability: cases.verify
    tiers: [village, township, county]
  approve:
    label: {zh: 公示无异议，同意, en: Approve}
    from: [notice]
    to: helped
    capability: cases.assign
    tiers: [township, county]
    not_after: [open, review]
    law: 中农组发〔2021〕7号
  end:
    label: {zh: 结束, en: End}
    from: [helped]
    to: ended
    capability: cases.assign
    tiers: [township, county]
    guards: [above_line, long_enough]
    announces: help.ended
  return:
    label: {zh: 退回, en: Return}
    from: [reviewed, notice]
    to: opened
    capability: cases.verify
    tiers: [village, township, county]
    note_required: true
    during_notice: true
  refuse:
    label: {zh: 不同意, en: Refuse}
    from: [reviewed, notice]
    to: refused
    capability: cases.assign
    tiers: [county]
    guards: [reason_listed]
    note_required: true
facts:
  income: {type: amount, label: {zh: 人均收入, en: Income per person}}
  line: {type: parameter, parameter: income_line, label: {zh: 收入线, en: Income line}}
  months: {type: count, label: {zh: 帮扶月数, en: Months of help}}
  least: {type: parameter, parameter: least_months, label: {zh: 至少月数, en: Least months}}
  reason: {type: code, list: reason, asked: true, label: {zh: 原因, en: Reason}}
guards:
  above_line:
    when: income > line
    reason: {zh: 收入没有超过收入线, en: The income is not above the line}
    law: 测试办法第三条
  long_enough:
    when: months >= least
    reason: {zh: 帮扶时间不够, en: Not helped for long enough}
  reason_listed:
    when: reason == "coped" || reason == "gone"
    reason: {zh: 原因不在代码表里, en: The reason is not on the list}
papers:
  minutes: {label: {zh: 会议记录, en: Minutes}, from: meeting}
lists:
  reason:
    - {code: "coped", zh: 自身能解决, en: Copes}
    - {code: "gone", zh: 户已不存在, en: Gone}
"""


def write_pack(folder: Path, **tables: str) -> Path:
    """A pack in `folder` with the tables by name; the working days are the shipped ones."""
    shipped = files("bangfu") / "packs" / "nation"
    content = {
        "pack.yaml": HEAD,
        "parameters/trial.yaml": PARAMETERS,
        "facts/trial.yaml": FACTS,
        "calendar.yaml": (shipped / "calendar.yaml").read_text(encoding="utf-8"),
        **{f"procedures/{name}.yaml": text for name, text in tables.items()},
    }
    for path, text in content.items():
        target = folder / "trial" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder / "trial"
