"""Importing this module loads all that reading needs: dictionaries, tables and the model.

The processes of `nianlun ingest` are copies of one that has imported it (`nianlun.workers`), where the system can copy
a process: so they start with everything in memory instead of a second of loading each.
"""

from ingest.read import read_bytes
from nlp.analyse import analyse_all

analyse_all(
    read_bytes("样例县妇联2020年工作总结\n一、存在的问题\n一是经费不足，3月底前培训80人。".encode(), "warm.txt")
)
