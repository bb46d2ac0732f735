"""What people fill in to hand a list in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from bangfu.exchange.domain.feeds import LARGEST
from bangfu.exchange.permissions import SUBMIT
from bangfu.exchange.queries.feeds import load_feeds, read_mapping
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import check_past, day_field, reader_language
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import choose_places

if TYPE_CHECKING:
    from datetime import date

    from bangfu.exchange.domain.feeds import Feed
    from bangfu.foundation.access.api import Actor

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
    data_date = day_field(_("截至日期"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = choose_places(actor, SUBMIT)
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
        return check_past(self.cleaned_data["data_date"])

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
