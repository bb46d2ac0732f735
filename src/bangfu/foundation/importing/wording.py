"""The words of imports' problems: what is wrong, and how to put it right."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.wording import Sentence

_SAVE_AS_XLSX: Final = _("请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再上传。")
_SAVE_AGAIN: Final = _("请用 Excel 或 WPS 重新打开并另存一份；打不开时，请向提供方重新索取。")
_SPLIT: Final = _("请按乡镇或村拆成几个文件，分别上传。")
_HARMLESS: Final = _("文件没有导入，系统不受影响。请按乡镇或村拆成几个文件，分别上传。")
_CLEAR_AROUND: Final = _(
    "请检查该位置附近是否有误填的内容；没有数据的行和列，请整行整列删除后再上传。"
)

_FILES: Final = {
    "importing.no_file": Sentence(_("没有选择文件"), _("请选择要导入的工作簿或者 CSV 文件。")),
    "importing.not_readable": Sentence(
        _("文件无法读取：%(reason)s"), _("请检查文件是否存在、是否有权限打开。")
    ),
    "importing.empty_file": Sentence(_("文件是空的"), _("请确认选对了文件，并且已经保存。")),
    "importing.kind_not_read": Sentence(
        _("这不是 Excel 工作簿或 CSV 文件，而是 %(found)s 文件"),
        _("文件种类按内容判断，改文件名没有用。请用 Excel 或 WPS 打开后另存为 .xlsx。"),
    ),
    "importing.old_excel": Sentence(_("这是旧版 Excel 文件（.xls）"), _SAVE_AS_XLSX),
    "importing.encrypted": Sentence(
        _("文件有打开密码"), _("请在 Excel 中取消密码（文件、信息、保护工作簿）后再上传。")
    ),
    "importing.macros": Sentence(
        _("文件带有宏"), _("为了安全，不接收带宏的文件。请另存为“Excel 工作簿（.xlsx）”。")
    ),
    "importing.damaged": Sentence(_("文件已损坏或者不完整"), _SAVE_AGAIN),
    "importing.document_type": Sentence(_("文件内部含有不允许的声明（DOCTYPE）"), _SAVE_AGAIN),
    "importing.too_large": Sentence(_("文件太大，超过 %(limit)s"), _SPLIT),
    "importing.too_many_parts": Sentence(
        _("文件内部的部件超过 %(limit)s 个"), _("请只保留需要导入的工作表，另存后再上传。")
    ),
    "importing.bomb": Sentence(
        _("文件内部的 %(part)s 压缩比超过 %(limit)s 倍，不像正常的表格"), _SAVE_AGAIN
    ),
    "importing.too_many_rows": Sentence(_("行数超过 %(limit)s"), _CLEAR_AROUND),
    "importing.too_many_columns": Sentence(_("列数超过 %(limit)s"), _CLEAR_AROUND),
    "importing.too_many_cells": Sentence(_("单元格数超过 %(limit)s"), _CLEAR_AROUND),
    "importing.reader_died": Sentence(_("读取中途停止：文件展开后太大，或者已经损坏"), _HARMLESS),
    "importing.reader_out_of_time": Sentence(_("读取超出了允许的时间"), _HARMLESS),
    "importing.encoding": Sentence(
        _("第 %(line)s 行的文字编码不对"),
        _("CSV 文件请用 UTF-8 或 GB18030（GBK）编码保存，同一文件只用一种。"),
    ),
    "importing.control_character_at": Sentence(
        _("第 %(line)s 行有看不见的控制字符"), _("请删除该行的控制字符，或者重新导出文件。")
    ),
    "importing.quotes": Sentence(
        _("第 %(line)s 行附近的引号不成对"), _("请检查该行及其上方的英文双引号。")
    ),
    "importing.text_too_long_at": Sentence(
        _("第 %(line)s 行附近有过长的内容"), _("请检查该行及其上方是否缺少英文双引号。")
    ),
}

_SHEETS: Final = {
    "importing.no_sheet": Sentence(
        _("没有找到“%(sheet)s”表"), _("请使用系统提供的模板，不要改动工作表名和表头。")
    ),
    "importing.sheet_twice": Sentence(
        _("“%(sheet)s”表不止一张"), _("请只保留一张，或者合并为一张。")
    ),
    "importing.no_rows": Sentence(_("表中没有数据行"), _("请在表头下方填写数据。")),
    "importing.no_header": Sentence(
        _("没有找到表头"), _("请在第一行保留模板的表头，数据从第二行开始。")
    ),
    "importing.missing_column": Sentence(
        _("缺少“%(header)s”列"), _("请补上这一列；没有数据时列可以空着，但是表头要在。")
    ),
    "importing.column_misspelt": Sentence(
        _("缺少“%(header)s”列，却有一列“%(found)s”"), _("如果是同一列，请改正表头。")
    ),
    "importing.doubled_column": Sentence(
        _("“%(header)s”列重复"), _("请只保留一列，其余的请删除。")
    ),
    "importing.column_without_header": Sentence(
        _("这一列有数据，但是没有表头"), _("请补上表头，或者删除这一列。")
    ),
    "importing.unknown_column": Sentence(
        _("“%(header)s”列不在导入范围内，没有读取"), _("不需要这一列时不必处理。")
    ),
    "importing.mapping_item": Sentence(
        _("列对应表中的“%(item)s”不是已知的项目"), _("请改用项目的英文名称，见导入说明。")
    ),
    "importing.mapping_header": Sentence(
        _("列对应表中的“%(header)s”在文件中找不到"), _("请按文件中的表头填写列对应表。")
    ),
    "importing.merged_cells": Sentence(
        _("数据区有合并的单元格"), _("请取消合并，并在每个单元格中填写完整。")
    ),
    "importing.hidden_sheet": Sentence(
        _("这张表是隐藏的，已经照常读取"), _("请确认其中的数据需要导入。")
    ),
    "importing.hidden_rows": Sentence(
        _("有 %(count)s 行是隐藏的，已经照常读取"), _("请确认隐藏的行需要导入。")
    ),
    "importing.hidden_columns": Sentence(
        _("有 %(count)s 列是隐藏的，已经照常读取"), _("请确认隐藏的列需要导入。")
    ),
    "importing.unused_sheet": Sentence(
        _("这张表不在导入范围内，没有读取"), _("不需要这张表时不必处理。")
    ),
    "importing.ragged_row": Sentence(
        _("这一行有 %(found)s 个字段，表头有 %(wanted)s 个"),
        _("内容中有逗号时，请用英文双引号括起来。"),
    ),
}

_CELLS: Final = {
    "importing.required_empty": Sentence(_("“%(header)s”没有填"), _("这一项必须填写。")),
    "importing.formula": Sentence(
        _("“%(header)s”是公式"), _("请复制该单元格，再用“选择性粘贴、数值”贴回原处。")
    ),
    "importing.error": Sentence(
        _("“%(header)s”是错误值（如 #N/A）"), _("请改为实际的内容；没有内容时请清空单元格。")
    ),
    "importing.time": Sentence(
        _("“%(header)s”是时刻，不是需要的内容"), _("请把单元格格式改为“文本”后重新填写。")
    ),
    "importing.control_character": Sentence(
        _("“%(header)s”里有看不见的控制字符"), _("请清空该单元格后重新填写。")
    ),
    "importing.not_text": Sentence(
        _("“%(header)s”应当是文字，单元格里却是日期或逻辑值"),
        _("请把单元格格式改为“文本”后重新填写。"),
    ),
    "importing.digits_lost": Sentence(
        _("“%(header)s”以数字格式存放，末尾几位已经丢失"),
        _("Excel 只保留 15 位数字。请把单元格格式改为“文本”，再按证件或存折重新填写。"),
    ),
    "importing.text_too_long": Sentence(_("“%(header)s”超过 %(limit)s 个字符"), _("请缩短内容。")),
    "importing.count": Sentence(
        _("“%(header)s”不是整数"), _("请只填阿拉伯数字，不带单位、逗号和小数。")
    ),
    "importing.amount": Sentence(
        _("“%(header)s”不是金额或面积"),
        _("请只填阿拉伯数字，最多两位小数，不带单位、逗号和“万”字。"),
    ),
    "importing.out_of_range": Sentence(
        _("“%(header)s”超出允许范围 %(bounds)s"), _("请核对后改正。")
    ),
    "importing.date": Sentence(
        _("“%(header)s”不是有效的日期"), _("请填写如 2026-01-02 或 2026年1月2日 的日期。")
    ),
    "importing.month": Sentence(_("“%(header)s”不是有效的年月"), _("请填写六位数字，如 202601。")),
    "importing.division": Sentence(
        _("“%(header)s”不是 12 位的行政村代码"), _("请填写 12 位数字，不要用村名。")
    ),
    "importing.unknown_code": Sentence(
        _("“%(header)s”中的“%(found)s”不在可选项中"), _("可以填写：%(nearest)s。")
    ),
    "importing.code_not_in_force": Sentence(
        _("“%(header)s”中的“%(found)s”在 %(day)s 不能使用"), _("请改用当日有效的选项，见代码表。")
    ),
    "importing.code_twice": Sentence(_("“%(header)s”中有重复的选项"), _("每个选项只填一次。")),
    "importing.code_stands_alone": Sentence(
        _("“%(header)s”中有一项不能与其他选项同时填写"), _("请只保留符合实际的选项。")
    ),
    "importing.normalised": Sentence(
        _("“%(header)s”中的全角字符或多余空格已经整理"), _("不必处理；原件没有改动。")
    ),
    "importing.number_as_text": Sentence(
        _("“%(header)s”以数字格式存放，已经按显示的数字读取"),
        _("请核对开头的 0 有没有丢失；下次请用“文本”格式。"),
    ),
}

SENTENCES: Final = {**_FILES, **_SHEETS, **_CELLS}
