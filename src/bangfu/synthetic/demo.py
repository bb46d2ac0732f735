"""The demo's story: a made-up Tongjiang county and the people who work in it.

The county, its townships and villages are real; the offices' staff and every household are made
up. Whoever fills a demo home reads the people here; a home that is not a demo never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Story:
    """What a demo home is filled with.

    Attributes:
        division: the county.
        households, seed: what the generator is asked for.
        day: the data date, and the day the demo's clock begins on.
    """

    division: str
    households: int
    seed: int
    day: date


STORY: Final = Story("511921", 20_000, 2026, date(2026, 11, 20))


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who signs in to the demo.

    Attributes:
        username: what they sign in with.
        name, organisation, title: as they stand on the pages.
        role: a role of the table of roles.
        divisions: the codes of the places the posting reaches.
        introduction: what there is to see as this person, in Chinese.
    """

    username: str
    name: str
    organisation: str
    title: str
    role: str
    divisions: tuple[str, ...]
    introduction: str

    @property
    def password(self) -> str:
        """Shown on the sign-in page of a demo home; made of the user name, so it is no secret."""
        return f"{self.username}-tongjiang"


_PROVINCE, _CITY, _COUNTY = "51", "5119", "511921"
_CHANGGE, _TIEFO = "511921124", "511921104"
_MAPING, _BAITUYA = "511921124210", "511921104203"
_AGRICULTURE: Final = "通江县农业农村局"
_CHANGGE_VILLAGES: Final = tuple(f"{_CHANGGE}{number}" for number in range(200, 211))
"""Every village of Changge: its two cadres go to the households together."""

_PEOPLE: Final[tuple[DemoPerson, ...]] = (
    DemoPerson(
        "zhoumin",
        "周敏",
        _AGRICULTURE,
        "防返贫监测中心经办",
        "county_officer",
        (_COUNTY,),
        "全县的线索、导入和筛查",
    ),
    DemoPerson(
        "hejianguo",
        "何建国",
        _AGRICULTURE,
        "防返贫监测中心主任",
        "county_officer",
        (_COUNTY,),
        "与周敏同一级，可以互相复核",
    ),
    DemoPerson(
        "renhua",
        "任华",
        _AGRICULTURE,
        "副局长",
        "county_approver",
        (_COUNTY,),
        "审定识别和消除，不经办",
    ),
    DemoPerson(
        "puyan",
        "蒲艳",
        "唱歌镇人民政府",
        "乡村振兴办审核员",
        "township_reviewer",
        (_CHANGGE,),
        "只看得到唱歌镇",
    ),
    DemoPerson(
        "tanli",
        "谭丽",
        "铁佛镇人民政府",
        "乡村振兴办审核员",
        "township_reviewer",
        (_TIEFO,),
        "只看得到铁佛镇",
    ),
    DemoPerson(
        "ranjie",
        "冉杰",
        "唱歌镇人民政府",
        "包村干部",
        "village_official",
        _CHANGGE_VILLAGES,
        "唱歌镇各村的入户核实和民主评议",
    ),
    DemoPerson(
        "yuepeng",
        "岳鹏",
        "唱歌镇驻村工作队",
        "工作队队员",
        "village_official",
        _CHANGGE_VILLAGES,
        "和冉杰一起入户",
    ),
    DemoPerson(
        "gouzhiming",
        "苟志明",
        "唱歌镇马坪村村民委员会",
        "网格长",
        "village_official",
        (_MAPING,),
        "只看得到马坪村，入户核实线索",
    ),
    DemoPerson(
        "xiangqiong",
        "向琼",
        "铁佛镇白土垭村村民委员会",
        "监测员",
        "village_official",
        (_BAITUYA,),
        "只看得到白土垭村，入户核实线索",
    ),
    DemoPerson(
        "luotao",
        "罗涛",
        "巴中市农业农村局",
        "督导员",
        "prefecture_supervisor",
        (_CITY,),
        "全市，只看不改",
    ),
    DemoPerson(
        "chenying",
        "陈颖",
        "四川省农业农村厅",
        "督导员",
        "province_supervisor",
        (_PROVINCE,),
        "全省，可以公布政策参数",
    ),
    DemoPerson(
        "tangjing",
        "唐静",
        "通江县医疗保障局",
        "数据员",
        "department_officer",
        (_COUNTY,),
        "部门数据，看不到农户",
    ),
    DemoPerson(
        "fengxue",
        "冯雪",
        "第三方评估组",
        "评估员",
        "evaluator",
        (_COUNTY,),
        "抽查评估，只看不改",
    ),
    DemoPerson(
        "dengwei",
        "邓伟",
        "通江县大数据中心",
        "系统管理员",
        "system_administrator",
        (_COUNTY,),
        "系统运行，看不到农户",
    ),
    DemoPerson(
        "yuanjie",
        "袁洁",
        "通江县大数据中心",
        "安全管理员",
        "security_administrator",
        (_COUNTY,),
        "人员和授权，看不到农户",
    ),
    DemoPerson(
        "laigang",
        "赖刚",
        "通江县大数据中心",
        "审计管理员",
        "audit_administrator",
        (_COUNTY,),
        "谁看过什么、改过什么",
    ),
)


def demo_people() -> tuple[DemoPerson, ...]:
    """The people of the demo, the county officer first."""
    return _PEOPLE
