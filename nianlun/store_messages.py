"""What is said of queries, backups and exports; a part of the catalogue of `nianlun.messages`."""

from __future__ import annotations

from nianlun.language import Words

# what SQLite and Python say of a statement, by its beginning
SQL_REASONS = {
    "there is no query": "没有写语句",
    "You can only execute one statement": "一次只能执行一句",
    "You did not supply a value for binding": "有参数没有给值,请加 -p 名称=值",
    "string or blob too big": "结果中有一个值太大",
}

STORE_MESSAGES: dict[str, Words] = {
    # sql
    "sql_rows": Words("{count} 行。", "Rows: {count}."),
    "sql_reads": Words(
        "这里只能查询,不能改动索引:{wanted} 未执行。请用 SELECT 提问;要改动报告,请改文件后再运行 nianlun ingest。",
        "An index is only read here; refused: {wanted}. Ask with SELECT; to change a report, change its file and run nianlun ingest.",
    ),
    "sql_slow": Words(
        "查询超过 {seconds:g} 秒,已停止。请缩小范围(WHERE、LIMIT),或用 --timeout 放宽。",
        "The query was stopped after {seconds:g} s. Narrow it (WHERE, LIMIT), or give it more time with --timeout.",
    ),
    "sql_bad": Words("SQL 有误:{reason}。{near}", "SQL: {reason}. {near}"),
    "sql_near": Words("相近的有:{names}", "Near it: {names}"),
    "sql_parameter": Words(
        "参数写作 名称=值,如 -p leaf=funding_gap。", "Write a parameter as NAME=VALUE, as -p leaf=funding_gap."
    ),
    # backup
    "backup_done": Words(
        "已备份到 {path}:{documents} 篇报告,{sources} 个文件,{size}。核对无误(整库检查通过)。恢复时直接用 --db {path},或改回原名。",
        "Backed up to {path}: {documents} documents of {sources} files, {size}. Checked from end to end, nothing wrong."
        " To restore, use --db {path}, or give it the old name.",
    ),
    "backup_exists": Words(
        "{path} 已存在,没有覆盖。换个名字,或用 --force 覆盖。",
        "{path} exists and was left alone. Take another name, or --force.",
    ),
    "backup_same": Words("{path} 就是索引本身,请换个名字。", "{path} is the index itself. Take another name."),
    "backup_folder": Words(
        "{path} 是文件夹,请写文件名,如 {path}/reports-备份.db。",
        "{path} is a folder. Name a file in it: {path}/backup.db",
    ),
    "backup_damaged": Words(
        "备份没有做成:索引有损坏({detail})。请重新运行 nianlun ingest 另建一个索引。",
        "No backup was made: the index is damaged ({detail}). Make a new one with nianlun ingest.",
    ),
    "backup_nowhere": Words(
        "没有 {detail} 这个文件夹,不能在其中备份 {path}。请先建好这个文件夹,或换个位置。",
        "There is no folder {detail} to put {path} in. Make it first, or take another place.",
    ),
    "backup_refused": Words(
        "不能写 {path}:{detail}。请换个位置;索引没有动。",
        "{path} cannot be written: {detail}. Take another place; the index is as it was.",
    ),
    "backup_full": Words(
        "磁盘满了,{path} 没有备份成;索引和原有的备份都没有动。",
        "The disk is full: {path} was not made. The index, and a backup that stood there, are as they were.",
    ),
    "disk_full": Words(
        "磁盘满了:{path} 没有写完。已写入的完好无损;腾出空间后再运行一次即可。",
        "The disk is full: {path} was not finished. What was committed is safe; make room and run the command again.",
    ),
    "disk_io": Words(
        "磁盘写不进去或读不出来(可能满了,也可能有故障):{path}。已写入的完好无损;处理好磁盘后再运行一次即可。",
        "The disk cannot be written or read (full, perhaps, or failing): {path}. What was committed is safe; see to the disk and"
        " run the command again.",
    ),
    # export
    "export_done": Words("已导出到 {path}:{rows} 行,{size}。", "Exported to {path}: {rows} rows, {size}."),
    "export_exists": Words(
        "{path} 已存在,没有覆盖。换个名字,或用 --force 覆盖。",
        "{path} exists and was left alone. Take another name, or --force.",
    ),
    "export_folder": Words("{path} 是文件夹,请写文件名。", "{path} is a folder. Name a file in it."),
    "export_ending": Words(
        "看不出 {path} 要存成什么格式。文件名的结尾可用:{detail}", "{path}: its ending names no format. Known: {detail}"
    ),
    "export_one": Words(
        "{path}:这种格式一个文件只放一张表,请写明哪一张:{detail};“全部”只用于 .xlsx 和 .docx。",
        "{path}: a file of this kind holds one table. Name one: {detail}; all goes into .xlsx and .docx only.",
    ),
    "export_package": Words(
        "写 {path} 需要 {detail},没有安装。请运行:pip install {detail},或改用 .csv、.jsonl、.xlsx。",
        "{path} needs {detail}, which is not installed. Run: pip install {detail}, or take .csv, .jsonl or .xlsx.",
    ),
    "export_cut": Words(
        "有 {count} 格文字超过 32,767 字(Excel 一格的上限),已截断并注明。",
        "Cells cut, with a note, at the 32,767 characters that Excel can hold: {count}.",
    ),
    "masked_none": Words("没有需要遮盖的姓名和联系方式。", "No names or contacts were found to be masked."),
    "masked": Words(
        "已遮盖:{kinds}。规则找不全所有姓名,外发前请再看一遍。",
        "Masked: {kinds}. Rules do not find every name; look once more before you hand it on.",
    ),
    "masked_kind": Words("{kind} {count} 处({distinct} 个)", "{kind} {count} ({distinct} distinct)"),
    "masked_note": Words(
        "姓名和联系方式已按规则遮盖(姓名写作 姓**);规则找不全所有姓名。",
        "Names and contacts are masked by rule (surname and **); rules do not find every name.",
    ),
    "masked_not": Words(
        "没有遮盖:文件里有报告原文中的姓名和联系方式。",
        "Not masked: the file holds names and contacts as the reports have them.",
    ),
    "mask_report_written": Words("遮盖清单:{path}", "What was masked: {path}"),
    "guessable": Words(
        "注意:{count} 篇报告里被遮盖的地名可能从同篇写明的地名推出:{items}",
        "Note: the masked place of {count} documents may be guessed from places they name: {items}",
    ),
    "guessable_one": Words("{ref}({masked};写明了 {named})", "{ref} ({masked}; named: {named})"),
    "guessable_more": Words(";其余见 --mask-report", "; the others: --mask-report"),
}
