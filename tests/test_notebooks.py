"""The notebooks run from the first cell to the last, are kept without outputs, and their Chinese is legible."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(scope="module")
def executed(notebook, tmp_path_factory) -> nbformat.NotebookNode:
    """The notebook after all its cells, run beside the others with an index built from the samples."""
    home = tmp_path_factory.mktemp("home")
    environment = {name: value for name, value in os.environ.items() if name != "NIANLUN_DB"}
    environment |= {"IPYTHONDIR": str(home), "JUPYTER_RUNTIME_DIR": str(home), "TMPDIR": str(home)}
    copy = nbformat.from_dict(notebook)
    client = NotebookClient(
        copy, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS[0].parent)}}
    )
    client.execute(env=environment)
    return copy


def outputs(notebook: nbformat.NotebookNode, cell: str) -> list[nbformat.NotebookNode]:
    (found,) = [one for one in notebook.cells if one.id == cell]
    return found.outputs


def test_a_notebook_is_valid_and_kept_without_outputs(notebook):
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None


def test_a_notebook_speaks_chinese_first_and_english_after(notebook):
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert texts
    for text in texts:
        *chinese, english = text.split("\n\n")
        assert any("\u4e00" <= character <= "\u9fff" for part in chinese for character in part)
        assert english.startswith("*") and english.endswith("*")
        assert not any("\u4e00" <= character <= "\u9fff" for character in english)


def test_every_cell_runs_and_no_glyph_is_missing(executed):
    talk = [
        output.text
        for cell in executed.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert talk == []


def test_the_notebook_shows_its_chart_table_and_marks(executed):
    assert any("image/svg+xml" in output.get("data", {}) for output in outputs(executed, "chart"))
    assert any("<table" in output.get("data", {}).get("text/html", "") for output in outputs(executed, "search"))
    (page,) = outputs(executed, "show")
    assert "underline" in page.data["text/html"]


def test_every_notebook_stands_in_the_list_of_notebooks():
    listed = (NOTEBOOKS[0].parent / "README.md").read_text("utf-8")
    assert all(path.name in listed for path in NOTEBOOKS)
