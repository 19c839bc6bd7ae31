"""What is said of corrections, and what their fields are called; a part of the catalogue of `nianlun.messages`."""

from __future__ import annotations

from nianlun.language import Words
from nianlun.vocabulary import GUESS

CORRECTION_FIELDS = {
    "year": Words("年份", "year"),
    "org": Words("单位", "body"),
    "org_level": Words("层级", "level"),
    "region": Words("地区", "region"),
    "doc_type": Words("文种", "kind of document"),
    "title": Words("标题", "title"),
    "problem": Words("是否问题", "a problem or none"),
    "polarity": Words("肯否", "polarity"),
    "leaves": Words("类别", "leaves"),
    "scope": Words("谁的问题", "scope"),
    "strength": Words("程度", "strength"),
    "value": Words("数值", "value"),
    "unit": Words("计量单位", "unit"),
    "of": Words("所指", "of what"),
    "approx": Words("约数", "approx"),
    "number": Words("数字", "number"),
    "start": Words("起始日期", "first day"),
    "end": Words("截止日期", "last day"),
    "date": Words("日期", "days"),
    "time": Words("时间", "time"),
    "name": Words("名称", "name"),
    "kind": Words("种类", "kind"),
    "activity": Words("活动", "activity"),
}
CORRECTION_STATES = {
    "placed": Words("有效", "holds"),
    "lost": Words("待对应", "no place"),
    "undone": Words("已撤销", "undone"),
}
CORRECTION_LAYERS = {
    "document": Words("报告", "document"),
    "problem": Words("问题句", "sentence"),
    "number": Words("数字", "number"),
    "time": Words("时间", "time"),
    "activity": Words("活动", "activity"),
}
_FORMATS = Words(
    "{value}:不是 Label Studio 或 doccano 导出的标注,也不是年轮的更正记录。",
    "{value}: neither annotations of Label Studio or doccano nor a log of nianlun.",
)

CORRECTION_MESSAGES: dict[str, Words] = {
    "corrected": Words(
        "已更正(第 {number} 号):{reference} 的{field},{was} → {value}。撤销:nianlun corrections --undo {number}",
        "Corrected (number {number}): {field} of {reference}, {was} → {value}. To undo: nianlun corrections --undo {number}",
    ),
    "corrected_lost": Words(
        "第 {number} 号更正已记下,但现在找不到它的位置。", "Correction {number} is kept, but finds no place now."
    ),
    "undo_numbers": Words(
        "号写在 --undo 后面:nianlun corrections --undo {numbers}",
        "Numbers stand behind --undo: nianlun corrections --undo {numbers}",
    ),
    "corrections_undone": Words(
        "已撤销:{numbers}。恢复为程序的读法。", "Undone: {numbers}. The program's reading stands again."
    ),
    "corrections_none": Words("还没有更正过什么。", "Nothing has been corrected yet."),
    "corrections_count": Words(
        "共 {count} 条更正:有效 {placed},待对应 {lost}(原句现在哪篇里都没有,找到时自动生效),已撤销 {undone}。",
        "Corrections: {count}; holding {placed}, without a place {lost} (their words stand in no report now; applied when they"
        " do), undone {undone}.",
    ),
    "corrections_lost": Words(
        "有 {count} 条更正现在找不到原句,留着待用(nianlun corrections --state lost)。",
        "Corrections whose words stand in no report now, kept for when they do: {count} (nianlun corrections --state lost).",
    ),
    "corrections_exported": Words(
        "已写出 {count} 句:{path}。用来训练:python -m nlp.train --more {path}",
        "Sentences written: {count}, to {path}. To train with them: python -m nlp.train --more {path}",
    ),
    "corrections_saved": Words("已保存 {count} 条更正:{path}", "Corrections saved: {count}, to {path}"),
    "corrections_loaded": Words(
        "读入 {count} 条更正(其余已有);找不到位置的 {lost} 条,留待原文读入。",
        "Corrections loaded: {count} (the others were there); without a place: {lost}, kept until their report is read.",
    ),
    "correct_needs": Words(
        "要写项目和值:nianlun correct 003@512-540 类别 经费不足;撤销用 --undo。",
        "A field and a value are needed: nianlun correct 003@512-540 leaves funding_gap; --undo takes back.",
    ),
    "correct_field": Words("没有“{value}”这一项。可选:{known}", "{value}: no such field. Known: {known}"),
    "correct_code": Words("没有“{value}”这个值。可选:{known}", "{value}: no such value. Known: {known}"),
    "correct_empty": Words(
        "“{value}”没有写值;确实没有的,写“无”。", "{value}: a value is missing. Write none where there is none."
    ),
    "correct_year": Words(
        "“{value}”不是年份。写 2012;看不出来的,写“无”。",
        "{value}: no year. Write 2012, or none where it cannot be told.",
    ),
    "correct_value": Words(
        "“{value}”不是数值。写 1200、1.5万、3..5;看不清的,写“无”。",
        "{value}: no number. Write 1200, 1.5万, 3..5, or none where it cannot be read.",
    ),
    "correct_day": Words(
        "“{value}”不是日期。写 2012-03-18、2012-03、2012-03-01..2012-06-30,或“无”。",
        "{value}: no day. Write 2012-03-18, 2012-03, 2012-03-01..2012-06-30, or none.",
    ),
    "correct_place": Words(
        "“{value}”是句子或数字、时间、活动的项目,要写出处,如 {known}@512-540(每行结果都有)。",
        "{value} is a field of a sentence or a mention; write the place, as in {known}@512-540 (every row has one).",
    ),
    "correct_copy": Words(
        "{value} 是重复的一份,请在所统计的那一篇 {known} 里更正。",
        "{value} is a stretch of a copy; correct it in the document that is counted, {known}.",
    ),
    "correct_nothing": Words("{value} 处没有可更正的内容。", "Nothing of that kind stands at {value}."),
    "correct_several": Words(
        "{value} 处不止一个,请写明是哪一个:{known}", "Several stand at {value}; name one: {known}"
    ),
    "correct_undo": Words("{value}:没有可撤销的更正。", "{value}: no correction that holds."),
    "correct_form": _FORMATS,
    # review
    "review_nothing": Words(
        "没有待看的句子:符合条件的 {base} 句都已看过,或一句也没有。",
        "There is nothing to review: all {base} sentences that match were judged, or there is none.",
    ),
    "review_head": Words(
        "待看 {count} 句,把握小的在前。{keys}", "To review: {count} sentences, the least certain first. {keys}"
    ),
    "review_keys": Words(
        "y 对 · n 不是问题 · l 换类别 · s 跳过 · u 撤销上一条 · q 结束",
        "y right · n no problem · l other leaf · s skip · u undo the last · q quit",
    ),
    "review_ask": Words("[y 对/n 不是问题/l 换类别/s 跳过/u 撤销/q 结束] ", "[y/n/l/s/u/q] "),
    "review_guess": GUESS,
    "review_item": Words(
        "第 {at}/{count} 句  把握 {score}%  {leaves}  {reference}", "{at}/{count}  {score} %  {leaves}  {reference}"
    ),
    "review_where": Words("{year} {title}  {heading}", "{year} {title}  {heading}"),
    "review_same": Words(
        "另有 {count} 处同样的句子,一并处理:{places}", "{count} similar sentences go with it: {places}"
    ),
    "review_leaf": Words(
        "类别(编号或名称的一部分,可几个,主要的在前):",
        "leaf (number or part of its name; several, the main one first): ",
    ),
    "review_key": Words("不认识“{pressed}”。{keys}", "{pressed}? {keys}"),
    "review_undone": Words("已撤销:{reference}", "Undone: {reference}"),
    "review_no_undo": Words("没有可撤销的。", "Nothing to undo."),
    "review_done": Words(
        "看了 {done} 句:对 {yes},不是问题 {no},换类别 {leaf},跳过 {skip};还剩 {left} 句。都已记下。",
        "Judged {done}: right {yes}, no problem {no}, other leaf {leaf}, skipped {skip}; left: {left}. All of it is kept.",
    ),
    # annotations
    "annotations_exported": Words(
        "已写出 {count} 句({form}):{path};其中 {judged} 句有人工更正。",
        "Sentences written ({form}): {count}, to {path}; judged by a person: {judged}.",
    ),
    "annotations_imported": Words(
        "读了 {count} 条标注:新的更正 {new} 条,与现在读法相同而记为确认的 {same} 句,没有标注的 {empty} 条,找不到原句的 {lost} 条。",
        "Annotations read: {count}; new corrections {new}, sentences confirmed as they were read {same}, not annotated {empty},"
        " without their sentence in the index {lost}.",
    ),
    "annotations_lost": Words("找不到原句:{texts}", "No such sentence: {texts}"),
    "annotations_one": Words(
        "--export、--import、--config 用且只用一个。", "Use one of --export, --import and --config."
    ),
}
