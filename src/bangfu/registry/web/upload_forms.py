"""What people fill in to import a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import check_past, day_field
from bangfu.registry.permissions import IMPORT
from bangfu.registry.queries.divisions import choose_places

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from bangfu.foundation.access.api import Actor

ENDINGS: Final = ".xlsx,.csv"
"""What the file chooser offers first; what a file is, the import kit finds out itself."""


class SeveralFiles(forms.FileInput):
    """A file chooser for one workbook or several CSV files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, a list."""

    widget = SeveralFiles

    @override
    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in given or [None]]


class UploadForm(forms.Form):
    """The files, the day their facts hold for, and the place they are of."""

    upload = FilesField(
        label=_("文件"),
        widget=SeveralFiles(attrs={"accept": ENDINGS}),
        error_messages={
            "required": _("请选择文件：一个 .xlsx，或者农户和家庭成员两个 .csv。"),
            "invalid": _("请选择文件：一个 .xlsx，或者农户和家庭成员两个 .csv。"),
            "empty": _("文件是空的。请重新导出，或者下载模板填写。"),
        },
    )
    data_date = day_field(_("数据日期"))
    division = forms.ChoiceField(
        label=_("是哪里的"),
        error_messages={"invalid_choice": _("请选您负责的地方。")},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = choose_places(actor, IMPORT)
        self.fields["division"] = forms.ChoiceField(
            label=_("是哪里的"),
            choices=choices,
            error_messages={"invalid_choice": _("请选您负责的地方。")},
        )
        self.fields["data_date"].initial = today().isoformat()
        self.fields["division"].initial = choices[0][0] if choices else ""

    def clean_data_date(self) -> date | None:
        """The day has come."""
        return check_past(self.cleaned_data["data_date"])
