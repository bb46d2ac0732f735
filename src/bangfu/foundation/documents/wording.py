"""The words of documents' problems."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "documents.too_long": Sentence(
        _("内容太多，一份文书装不下"), _("请分几次印，例如一个村民小组一次。")
    ),
    "documents.unmade": Sentence(
        _("%(kind)s没有印出来"), _("资料都在，没有变。请稍后再试；还是不行，请告诉系统管理员。")
    ),
    "documents.code_wrong": Sentence(
        _("这个编号不对"),
        _("编号一共 12 位，没有 0、1、I、L、O。请对照文书最下面一行再输一次。"),
    ),
    "documents.file_too_large": Sentence(
        _("文件超过 %(limit)s"), _("请上传从本平台下载的那份 PDF。")
    ),
    "documents.file_missing": Sentence(_("没有选文件"), _("请选从本平台下载的那份 PDF。")),
    "documents.asked_too_often": Sentence(
        _("输错的编号太多"), _("请过 %(minutes)s 分钟再试，或者拿文书到村委会核对。")
    ),
}
