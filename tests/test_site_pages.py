"""Pages of sites: where the report begins in their heads, and where it ends in their feet."""

from __future__ import annotations

import pytest
from site_pages import BODY, FEET, HEADS, OWN_FEET, OWN_HEADS, TITLE

from ingest.clean import normalise
from ingest.read import read_bytes


def read_text(text):
    (document,) = read_bytes(text.encode(), "a.txt").documents
    return bare(document.text)


def bare(text):
    return "".join(normalise(text).split())


@pytest.mark.parametrize("name", HEADS)
def test_the_report_begins_below_the_head_of_a_page(name):
    check_head(HEADS[name])


@pytest.mark.parametrize("name", OWN_HEADS)
def test_what_only_looks_like_the_head_of_a_page_is_the_reports(name):
    check_head(OWN_HEADS[name])


def check_head(head):
    before, _, own = head.partition("⟦")
    kept, between, rest = own.partition("⟧")
    assert read_text(f"{before}{kept}{rest}\n{BODY}") == bare(kept if between else own) + bare(BODY)


@pytest.mark.parametrize("name", FEET)
def test_the_report_ends_above_the_foot_of_a_page(name):
    check_foot(FEET[name])


@pytest.mark.parametrize("name", OWN_FEET)
def test_what_only_looks_like_the_foot_of_a_page_is_the_reports(name):
    check_foot(OWN_FEET[name])


def check_foot(foot):
    own, _, after = foot.partition("⟧")
    text = f"{TITLE}\n{BODY}{own}"
    assert read_text(text + after) == bare(text)
