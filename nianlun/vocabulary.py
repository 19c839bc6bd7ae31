"""What the codes of an analysis are called by people: doc_type, org_level, role, polarity and the others."""

from __future__ import annotations

from nianlun.language import Words

DOC_TYPES = {
    "plan": Words("计划要点", "plan"),
    "summary": Words("工作总结", "summary"),
    "rectification": Words("整改措施", "rectification"),
    "experience": Words("经验材料", "experience"),
    "research": Words("调研报告", "research"),
    "speech": Words("讲话", "speech"),
    "notice": Words("通知", "notice"),
    "news": Words("简讯", "news"),
    "other": Words("其他", "other"),
}
ORG_LEVELS = {
    "nation": Words("全国", "nation"),
    "province": Words("省级", "province"),
    "city": Words("市级", "city"),
    "county": Words("县级", "county"),
    "township": Words("乡镇级", "township"),
    "village": Words("村级", "village"),
    "enterprise": Words("企业", "enterprise"),
    "unknown": Words("未知", "unknown"),
}
ROLES = {
    "problems": Words("问题", "problems"),
    "measures": Words("措施", "measures"),
    "achievements": Words("成绩", "achievements"),
    "plan": Words("打算", "plan"),
    "background": Words("背景", "background"),
}
POLARITIES = {
    "asserted": Words("存在", "asserted"),
    "negated": Words("否定", "negated"),
    "solved": Words("已解决", "solved"),
    "measure_implied": Words("措施中暗含", "measure implied"),
    "required_of_others": Words("要求他人", "required of others"),
    "hypothetical": Words("假设或防止", "hypothetical"),
}
SCOPES = {
    "own_organisation": Words("本单位", "own organisation"),
    "lower_level": Words("下级", "lower level"),
    "leaders_above": Words("上级领导", "leaders above"),
    "population": Words("群众", "population"),
    "society_law": Words("社会与法律", "society and law"),
}
STRENGTHS = {
    "widespread": Words("普遍", "widespread"),
    "partial": Words("部分", "partial"),
    "mild": Words("轻微", "mild"),
}
STATES = {
    "stated": Words("写明", "stated"),
    "masked": Words("被遮盖", "masked"),
    "damaged": Words("残损", "damaged"),
}
APPROX = {
    "exact": Words("准确", "exact"),
    "more": Words("以上", "more"),
    "about": Words("约", "about"),
    "less": Words("以下", "less"),
}
TIME_KINDS = {
    "date": Words("日期", "date"),
    "period": Words("时段", "period"),
    "deadline": Words("时限", "deadline"),
    "duration": Words("时长", "duration"),
    "frequency": Words("频次", "frequency"),
}
ACTIVITY_KINDS = {
    "campaign": Words("主题活动", "campaign"),
    "programme": Words("项目工程", "programme"),
    "brand": Words("品牌阵地", "brand"),
    "honour": Words("荣誉称号", "honour"),
    "event": Words("节会赛事", "event"),
    "body": Words("队伍组织", "body"),
}
MODALITIES = {
    "done": Words("已做", "done"),
    "planned": Words("计划", "planned"),
    "demanded": Words("要求", "demanded"),
    "proposed": Words("建议", "proposed"),
}
YEAR_BASES = {
    "title": Words("标题", "title"),
    "signature": Words("落款", "signature"),
    "body": Words("正文", "body"),
    "inferred": Words("推断", "inferred"),
    "corrected": Words("人工更正", "corrected"),
    "none": Words("无", "none"),
}
STATUSES = {
    "read": Words("已读入", "read"),
    "added": Words("新读入", "added"),
    "replaced": Words("已更新", "replaced"),
    "unchanged": Words("未变", "unchanged"),
    "copy": Words("重复", "copy"),
    "skipped": Words("跳过", "skipped"),
    "failed": Words("读不了", "failed"),
    "new": Words("待读入", "new"),
    "changed": Words("有改动", "changed"),
    "ok": Words("正常", "ok"),
    "warning": Words("注意", "warning"),
    "error": Words("有问题", "error"),
}
FIELDS = {
    "year": Words("年份", "year"),
    "org": Words("单位", "body"),
    "org_level": Words("层级", "level"),
    "region": Words("地区", "region"),
    "doc_type": Words("文种", "kind"),
}
UNDATED = {
    "separate": Words("另列", "apart"),
    "infer": Words("计入", "counted"),
    "drop": Words("不要", "dropped"),
}
WITHIN = {"document": Words("一篇", "document"), "sentence": Words("一句", "sentence")}
ORDERS = {
    "rank": Words("相关程度", "rank"),
    "recent": Words("相关而新近", "rank, recent first"),
    "ref": Words("代号", "reference"),
    "year": Words("年份", "year"),
}
SIDES = {"left": Words("左", "left"), "right": Words("右", "right")}
LISTED = {"place": Words("逐处", "place"), "document": Words("逐篇", "document")}
FACETS = {**FIELDS, "section": Words("章节", "section"), "leaf": Words("问题类别", "leaf")}
THINGS = {
    "deadline": Words("时限", "deadline"),
    "number": Words("数字", "number"),
    "money": Words("金额", "money"),
    "time": Words("时间", "time"),
    "task": Words("任务", "task"),
    "activity": Words("活动", "activity"),
    "problem": Words("问题", "problem"),
    "damage": Words("残损", "damage"),
}
COPY_KINDS = {
    "file": Words("文件相同", "the same bytes"),
    "text": Words("文字相同", "the same words"),
    "repeat": Words("同一文件内重复", "again in the file"),
}
WEIGHTS = {
    "stated": Words("写明", "stated"),
    "firm": Words("定年", "bounds"),
    "hint": Words("旁证", "supports only"),
    "past": Words("回顾", "look back"),
    "conflict": Words("矛盾", "contradicts"),
}
ORG_BASES = {
    "corrected": Words("人工更正", "corrected"),
    "stated": Words("写明", "stated"),
    "inferred": Words("推断", "inferred"),
    "none": Words("", ""),
}
REGION_BASES = {
    "corrected": Words("人工更正", "corrected"),
    "body": Words("单位名称", "name of the body"),
    "stated": Words("标题写明", "title"),
    "inferred": Words("推断", "inferred"),
    "none": Words("", ""),
}
TASK_BASES = {
    "stated": Words("写明", "stated"),
    "heading": Words("据标题", "heading"),
    "neighbour": Words("据上文", "context"),
}
TRENDS = {
    "rising": Words("上升", "rising"),
    "falling": Words("下降", "falling"),
    "none": Words("未见趋势", "none shown"),
    "few_years": Words("年份太少,看不出", "too few years to tell"),
    "few_documents": Words("报告太少,看不出", "too few documents to tell"),
}
CHANGES = {
    "new": Words("新出现", "new"),
    "again": Words("再现", "again"),
    "up": Words("增多", "up"),
    "down": Words("减少", "down"),
    "kept": Words("延续", "kept"),
    "gone": Words("不再提", "gone"),
    "more": Words("更常用", "more"),
    "less": Words("更少用", "less"),
}
LINK_BASES = {
    "heading": Words("同一标题下", "same heading"),
    "number": Words("序号对应", "same number"),
    "named": Words("写明针对", "named"),
    "words": Words("用词相同", "same words"),
    "topic": Words("话题相近", "same topic"),
    "": Words("没有找到", "none found"),
}
LINK_KINDS = {"measure": Words("措施", "measure"), "cause": Words("原因", "cause")}
OUTCOMES = {
    "again": Words("再次反映", "named again"),
    "silent": Words("此后未提", "not named since"),
    "last": Words("此后无报告", "no later report"),
}
PICTURES = (".png", ".svg", ".html")  # as charts are written
GUESS = Words("猜:{leaf}", "guess: {leaf}")  # a leaf below what is likelier than not
VOTES = {"body": Words("按单位", "by body")}
CODES: dict[str, dict[str, Words]] = {
    "trend": TRENDS,
    "link_basis": LINK_BASES,
    "link_kind": LINK_KINDS,
    "outcome": OUTCOMES,
    "change": CHANGES,
    "basis": TASK_BASES,
    "who_basis": TASK_BASES,
    "doc_type": DOC_TYPES,
    "org_level": ORG_LEVELS,
    "role": ROLES,
    "polarity": POLARITIES,
    "scope": SCOPES,
    "strength": STRENGTHS,
    "state": STATES,
    "approx": APPROX,
    "time_kind": TIME_KINDS,
    "activity_kind": ACTIVITY_KINDS,
    "modality": MODALITIES,
    "year_basis": YEAR_BASES,
    "weight": WEIGHTS,
    "org_basis": ORG_BASES,
    "region_basis": REGION_BASES,
    "status": STATUSES,
    "copy_kind": COPY_KINDS,
}


def leaf_told(name: str, guessed: bool, lang: str) -> str:
    """Return the name of a leaf as it is shown: 猜:经费不足, guess: funding gap where no leaf was likelier than not."""
    return GUESS.in_(lang).format(leaf=name) if guessed else name
