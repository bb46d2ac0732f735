"""The words of what stands against a declaration, an appeal or a receipt."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

SENTENCES: Final = {
    "cases.village_unknown": Sentence(_("没有选村"), _("请一级一级选到村。")),
    "cases.declared_name": Sentence(_("没有写姓名"), _("写户主或者家里人的名字，最多 40 个字。")),
    "cases.troubles_missing": Sentence(
        _("没有勾遇到什么事"), _("至少勾一样；说不清的，勾“别的难处”。")
    ),
    "cases.identity_wrong": Sentence(_("身份证号码不对"), _("照着身份证再对一遍，或者先不写。")),
    "cases.thumbprint_missing": Sentence(
        _("没有按手印的纸"), _("替人申报要附按了手印的申报纸的照片。")
    ),
    "cases.pictures_many": Sentence(_("照片太多"), _("最多 %(most)s 张。")),
    "cases.picture_kind": Sentence(_("这个文件不是照片"), _("只收 JPEG、PNG、WebP 格式的照片。")),
    "cases.picture_large": Sentence(_("照片太大"), _("每张不超过 5 MB，请拍小一些。")),
    "cases.clue_closed": Sentence(_("这一件已经办结"), _("请看办理过程。")),
    "cases.appeal_kind": Sentence(_("没有选种类"), _("请选异议、投诉或者更正。")),
    "cases.appeal_words": Sentence(_("没有写是什么事"), _("写一两句话：谁、什么事、什么时候。")),
    "cases.appeal_long": Sentence(_("写得太长"), _("最多 %(most)s 个字，请写短一些。")),
    "cases.correction_contact": Sentence(
        _("没有写怎么联系您"), _("更正要跟您核对，请写姓名和电话。")
    ),
    "cases.slip_wrong": Sentence(
        _("编号或者领取码不对"), _("照着领取单再对一遍；错几次或者过期以后，要到镇里重新领。")
    ),
    "cases.consent_unknown": Sentence(_("没有这份授权"), _("请回到农户页，从授权列表里选。")),
    "cases.change_unnamed": Sentence(
        _("这一项不能直接转成变更"), _("请到农户页提出变更，写明改前改后。")
    ),
    "cases.household_unnamed": Sentence(_("还没有对上农户"), _("先选是哪一户，再转成变更。")),
}
