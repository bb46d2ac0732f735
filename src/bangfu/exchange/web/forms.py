"""What people fill in: an upload, a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bangfu.exchange.domain.feeds import LARGEST
from bangfu.exchange.permissions import SUBMIT
from bangfu.exchange.queries.feeds import load_feeds, read_mapping
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import division_name, list_children

if TYPE_CHECKING:
    from datetime import date

    from bangfu.exchange.domain.feeds import Feed
    from bangfu.foundation.access.api import Actor

_DAY: Final = {"inputmode": "numeric", "autocomplete": "off", "size": 10, "maxlength": 10}
REASON_LENGTH: Final = 120
_NO_FILE: Final = _("请选择文件：一个 .xlsx 或 .csv。")


class UploadForm(forms.Form):
    """The kind of list, its file, the day it is complete up to, and the place it is for."""

    upload = forms.FileField(
        label=_("文件"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": _NO_FILE,
            "invalid": _NO_FILE,
            "empty": _("文件是空的。请重新导出，或者下载模板填写。"),
        },
    )
    mapping = forms.FileField(
        label=_("自己的对照文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        error_messages={"empty": _("对照文件是空的。")},
    )
    data_date = forms.DateField(
        label=_("截至日期"),
        input_formats=["%Y-%m-%d"],
        widget=forms.TextInput(attrs=_DAY),
        error_messages={
            "invalid": _("不是一个日期。请写成 2026-11-20 这样。"),
            "required": _("请填日期，例如 2026-11-20。"),
        },
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_of(actor)
        self.fields["feed"] = forms.ChoiceField(
            label=_("哪一种名单"),
            choices=_by_office(),
            error_messages={"invalid_choice": _("请从列出的名单里选。")},
        )
        self.fields["division"] = forms.ChoiceField(
            label=_("是哪里的"),
            choices=places,
            error_messages={"invalid_choice": _("请选您负责的地方。")},
        )
        self.fields["data_date"].initial = today().isoformat()
        self.fields["division"].initial = places[0][0] if places else ""

    def clean_data_date(self) -> date | None:
        """The day has come."""
        day: date | None = self.cleaned_data["data_date"]
        if day is not None and day > today():
            raise forms.ValidationError(_("这一天还没有到。请填今天或以前的日期。"))
        return day

    def wanted(self) -> Feed:
        """The feed: of the mapping file that came along, else the one chosen.

        Raises:
            Refused: when the mapping file cannot be used, with line and reason.
        """
        own = self.cleaned_data.get("mapping")
        if own is None:
            return load_feeds()[self.cleaned_data["feed"]]
        try:
            text = own.read(4 * LARGEST + 1).decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(Problem("exchange.mapping_not_text")) from None
        return read_mapping(text, own.name)


def _by_office() -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of lists under the offices that send them."""
    language = reader_language()
    offices: dict[str, list[tuple[str, str]]] = {}
    for name, feed in load_feeds().items():
        offices.setdefault(feed.office.of(language), []).append((name, feed.label.of(language)))
    return list(offices.items())


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """Where the actor may hand in lists, and the divisions right below; the widest first."""
    own = [str(each) for each in actor.scope(SUBMIT).divisions]
    below = [(each.code, each.name) for place in own for each in list_children(place)]
    return [*((place, division_name(place)) for place in own), *below]


class ReasonForm(forms.Form):
    """Why a list is taken back, in a sentence that stays on record."""

    reason = forms.CharField(
        label=pgettext_lazy("名单", "为什么撤回"),
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("请写一句理由，它会和您的名字一起留在记录里。"),
            "max_length": _("最多 120 个字，请写短一些。"),
        },
    )
