"""The spaCy pipeline reads what the plain functions read, and what it reads fits into spaCy's own tools."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.matcher import Matcher
from spacy.tokens import Doc, DocBin, Span

from ingest.read import read, read_bytes
from ingest.records import Document, OffsetMap, Run
from nlp.analyse import analyse
from nlp.pipeline import (
    FINDERS,
    Finder,
    analyse_with_spacy,
    analysis_of,
    load_language,
    make_language,
    read_document,
    register_finder,
)
from nlp.records import Mention

REPORTS = Path(__file__).parents[1] / "corpus" / "reports"
GROUPS = [finder.name for finder in FINDERS]
TEXT = (
    "桐砚县妇联2011年工作总结\n\n一、主要工作\n"
    "举办“巾帼学堂”培训班12期，培训妇女830余人次。6月底前建成“妇女之家”3个。\n"
    "二、存在问题\n一是经费不足，有的村全年只有200元；二是干部年龄偏大。\n"
)


def documents(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.iterdir()):
        yield from read(path).documents


def document(text: str) -> Document:
    runs = (Run(0, len(text), 0, len(text)),) if text else ()
    return Document(ordinal=1, title=None, text=text, offsets=OffsetMap(runs))


@pytest.fixture(scope="module")
def language() -> spacy.Language:
    return load_language()


@pytest.fixture(scope="module")
def doc(language: spacy.Language) -> Doc:
    return language(TEXT)


@pytest.mark.parametrize("path", sorted(REPORTS.iterdir()), ids=lambda path: path.stem)
def test_the_pipeline_reads_a_sample_report_as_the_plain_functions_do(path, language):
    for one in read(path).documents:
        assert analyse_with_spacy(one, language) == analyse(one)


@pytest.mark.skipif("NIANLUN_REPORTS" not in os.environ, reason="NIANLUN_REPORTS names no folder with real reports")
def test_the_pipeline_reads_real_reports_as_the_plain_functions_do(language):
    for one in documents(Path(os.environ["NIANLUN_REPORTS"]) / "seeds"):
        assert analyse_with_spacy(one, language) == analyse(one)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([*re.findall(r".{1,9}|\n", TEXT), " ", "\r\n", "\u3000", "😀", "𠮷", "..", "XX年", "▒"]))
)
def test_any_text_is_read_as_the_plain_functions_do(pieces):
    text = "".join(pieces)
    doc = read_document(document(text), load_language())
    assert doc.text == text
    assert analysis_of(doc) == analyse(document(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\r\n", "。", "\u3000", "😀", "\ufeff", "a\tb", "１２期"])
def test_the_pipeline_reads_scraps(text, language):
    doc = language(text)
    assert doc.text == text
    assert analysis_of(doc) == analyse(document(text))


def test_a_span_covers_its_record_and_leads_to_it(doc):
    for name in GROUPS:
        assert [span._.record for span in doc.spans[name]] == list(getattr(doc._, name))
        for span in doc.spans[name]:
            record = span._.record
            assert span.start_char <= record.start < record.end <= span.end_char
            inner = doc[span.start + 1 : span.end - 1]
            assert len(span) < 3 or record.start < inner.start_char < inner.end_char < record.end


def test_a_label_tells_kind_dimension_or_leaf(doc):
    labels = {name: {span.label_ for span in doc.spans[name]} for name in GROUPS}
    assert {"problems", "achievements"} <= labels["sections"]
    assert "funding_gap" in labels["problems"]
    assert {"attendances", "CNY"} <= labels["quantities"]
    assert "deadline" in labels["times"]
    assert "brand" in labels["activities"] or "body" in labels["activities"]


def test_spans_made_by_others_have_no_record(doc):
    assert doc[0:2]._.record is None
    assert Span(doc, 0, 2, span_id="times/999")._.record is None
    assert Span(doc, 0, 2, span_id="nobody/0")._.record is None


def test_sentences_of_spacy_begin_where_ours_do(language):
    for one in documents(REPORTS):
        doc = read_document(one, language)
        starts = {sentence.start_char for sentence in doc.sents}
        assert {span.start_char for span in doc.spans["sentences"]} <= starts
        assert len(starts) <= len(doc._.sentences) + 1


def test_components_declare_what_they_need():
    analysis = make_language().analyze_pipes(keys=["assigns", "requires"])
    assert not any(analysis["problems"].values())
    assert "doc._.times" in analysis["summary"]["quantities"]["requires"]


def test_a_component_taken_away_leaves_its_answer_empty():
    language = make_language()
    language.remove_pipe("problems")
    doc = language(TEXT)
    assert doc._.problems == () and "problems" not in doc.spans and doc.spans["times"]


def test_displacy_shows_the_spans_of_a_group(doc):
    html = displacy.render(doc, style="span", options={"spans_key": "quantities"}, jupyter=False)
    assert "attendances" in html and "830" in html


def test_matcher_works_on_our_tokens(language, doc):
    matcher = Matcher(language.vocab)
    matcher.add("course", [[{"TEXT": "培训班"}, {"LIKE_NUM": True}, {"TEXT": "期"}]])
    assert [doc[start:end].text for _, start, end in matcher(doc)] == ["培训班12期"]


@pytest.mark.parametrize("name", GROUPS)
def test_a_docbin_keeps_spans_and_records(name, language, doc):
    packed = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(packed).get_docs(language.vocab)
    assert [(span.start, span.end, span.label_) for span in back.spans[name]] == [
        (span.start, span.end, span.label_) for span in doc.spans[name]
    ]
    assert [span._.record for span in back.spans[name]] == list(getattr(doc._, name))
    assert analysis_of(back) == analysis_of(doc)


def test_a_docbin_keeps_fractions_exact(language):
    doc = language("完成三分之一，余下2.5万元。")
    packed = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (back,) = DocBin().from_bytes(packed).get_docs(language.vocab)
    values = [quantity.value for quantity in back._.quantities]
    assert values == [quantity.value for quantity in doc._.quantities]
    assert all(isinstance(value, Fraction) for value in values) and values


def test_other_user_data_still_travels(language):
    doc = language("好。")
    doc.user_data["note"] = {"nianlun": "no such record", "list": [1, 2.5, None]}
    (back,) = DocBin().from_bytes(DocBin(docs=[doc], store_user_data=True).to_bytes()).get_docs(language.vocab)
    assert back.user_data["note"]["nianlun"] == "no such record"


def test_a_language_is_saved_and_loaded(tmp_path, doc):
    make_language().to_disk(tmp_path / "language")
    loaded = spacy.load(tmp_path / "language")
    assert analysis_of(loaded(TEXT)) == analysis_of(doc)


def test_one_finder_more_becomes_a_component_with_a_line():
    def find_phones(doc: Doc) -> Iterator[Mention]:
        for match in re.finditer(r"\d{3,4}-\d{7,8}", doc.text):
            yield Mention(start=match.start(), end=match.end(), text=match.group(), rule="phone/landline")

    finder = register_finder(Finder(name="phones", find=find_phones, label=lambda _: "phone"))
    language = make_language()
    language.add_pipe(finder.factory, name=finder.name)
    doc = language("维权热线0539-1234567，欢迎来电。")
    assert [(span._.record.text, span.label_) for span in doc.spans["phones"]] == [("0539-1234567", "phone")]


def test_a_text_longer_than_a_parser_would_take_is_read(language):
    text = "全年接待来访妇女312人次。\n" * 75_000
    assert len(text) > 1_000_000
    assert len(language.make_doc(text)) > 400_000


def test_the_tokenizer_of_jieba_itself_is_left_alone(doc):
    import jieba

    assert not jieba.dt.user_word_tag_tab


STRANGE = (
    "\ud800\udfff\x00\x1b\u200b\u0301\u202e\ufeff\U0002a6d6二3，：；。\n“”（）存在经费不足妇联工作总结年月日前完成户%"
)


@given(st.text(alphabet=STRANGE, max_size=120))
@settings(deadline=None, max_examples=200)
def test_any_string_is_analysed_and_every_mention_quotes_it(text: str) -> None:
    sample = read_bytes("工作总结\n经费不足，人手不够。".encode(), "a.txt").documents[0]
    found = analyse(replace(sample, text=f"{sample.text}\n{text}", title=text[:20] or None))
    whole = f"{sample.text}\n{text}"
    for mention in (*found.quantities, *found.times, *found.tasks, *found.activities, *found.problems):
        assert mention.text == whole[mention.start : mention.end]
