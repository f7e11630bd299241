"""A submission's outputs are data: text, pictures and tables, inside limits."""

from __future__ import annotations

import base64
import io
import zlib

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from course_lib.grading.submission.allowance import OutputAllowance
from course_lib.grading.submission.outputs import (
    COUNT_LIMIT,
    TEXT_LIMIT,
    clean_outputs,
    clean_table,
)
from course_lib.grading.submission.pictures import clean_attachments, clean_image


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def display(**data):
    bundle = {key.replace("_", "/").replace("svg", "svg+xml"): value for key, value in data.items()}
    return {"output_type": "display_data", "data": bundle, "metadata": {"isolated": True}}


def picture(kind="PNG", size=(8, 6), **options):
    pixels = np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **options)
    return base64.b64encode(out.getvalue()).decode(), pixels


def test_text_loses_what_a_terminal_obeys():
    assert clean_outputs([stream("\x1b[31mred\x1b[0m")]) == [stream("red")]


def test_a_thousand_prints_are_one_output():
    assert clean_outputs([stream(f"{n}\n") for n in range(1000)]) == [
        stream("".join(f"{n}\n" for n in range(1000)))
    ]


def test_a_progress_bar_is_its_last_state():
    bar = "\r 10%|#    |\r 50%|##   |\r100%|#####|\ndone\r\n"
    assert clean_outputs([stream(bar, "stderr")]) == [stream("100%|#####|\ndone\n", "stderr")]


def test_an_error_keeps_its_words():
    error = {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": "no",
        "traceback": ["\x1b[0;31mValueError\x1b[0m", "no"],
    }
    assert clean_outputs([error])[0]["traceback"] == ["ValueError", "no"]


@pytest.mark.parametrize(("kind", "media"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_picture_passes_as_its_pixels(kind, media):
    data, pixels = picture(kind)
    clean = clean_image(data, media)
    assert clean is not None
    with Image.open(io.BytesIO(base64.b64decode(clean))) as shown:
        assert shown.format == kind
        got = np.asarray(shown.convert("RGB")).astype(int)
    # PNG is exact; JPEG is coded a second time and only has to be the same size
    assert got.shape == pixels.shape
    if kind == "PNG":
        np.testing.assert_array_equal(got, pixels)


def test_what_rides_along_in_a_picture_does_not_pass():
    text = PngImagePlugin.PngInfo()
    text.add_text("comment", "<script>alert(1)</script>")
    data, _ = picture(pnginfo=text, icc_profile=b"<script>profile</script>")
    tail = base64.b64encode(base64.b64decode(data) + b"<script>tail</script>").decode()
    clean = clean_image(tail, "image/png")
    assert clean is not None
    assert b"script" not in base64.b64decode(clean)
    assert b"iCCP" not in base64.b64decode(clean)  # a colour profile, compressed


def bomb() -> str:
    """A PNG of a few hundred bytes that claims 30,000 x 30,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(name + body)
        return len(body).to_bytes(4, "big") + name + body + crc.to_bytes(4, "big")

    side = (30_000).to_bytes(4, "big")
    header = chunk(b"IHDR", side + side + b"\x08\x02\x00\x00\x00")
    body = chunk(b"IDAT", zlib.compress(b"\x00" * 100_000)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + header + body).decode()


@pytest.mark.parametrize("data", ["", "no base64!", "aGVsbG8=", 7, None, ["aGVs", "bG8="]])
def test_what_is_no_picture_does_not_pass(data):
    assert clean_image(data, "image/png") is None


def test_a_picture_that_unpacks_to_gigabytes_does_not_pass():
    assert clean_image(bomb(), "image/png") is None


@pytest.mark.parametrize(("side", "passes"), [(4000, True), (4001, False)])
def test_a_picture_has_no_more_pixels_than_a_page(side, passes):
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    assert (
        clean_image(base64.b64encode(out.getvalue()).decode(), "image/png") is not None
    ) is passes


def test_a_picture_under_another_type_does_not_pass():
    assert clean_image(picture("JPEG")[0], "image/png") is None


@pytest.mark.parametrize("words", ["\\href{a}{b}", "\\&#104;ref{a}{b}", "\\<b>href</b>{a}{b}"])
def test_a_formula_in_a_table_makes_no_link(words):
    clean = clean_table(f"<table><tr><td>${words}$</td></tr></table>")
    assert clean == "<table><tbody><tr><td>$\\ href{a}{b}$</td></tr></tbody></table>"


def test_a_data_frame_passes_as_rows_and_cells():
    html = (
        "<div><style scoped>.x {color: red}</style>"
        '<table border="1" class="dataframe" onclick="x()"><thead><tr><th scope="col">a</th></tr>'
        '</thead><tbody><tr><td style="x" colspan="2"><a href="javascript:x()">1</a></td></tr>'
        "</tbody></table><script>alert(1)</script></div>"
    )
    assert clean_table(html) == (
        '<table><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><img src=x onerror=alert(1)></td></tr></table>",
        "<table><tr><td><svg onload=alert(1)></td></tr></table>",
        "<table><scr<script>ipt>alert(1)</scr</script>ipt></table>",
        "<table><tr><td title='\"><img src=x onerror=alert(1)>'>x</td></tr></table>",
        "<table><tr><td><iframe srcdoc='<script>1</script>'></iframe></td></tr></table>",
        "<table><tr><td><math><mtext><table><mglyph><style><img src=x onerror=1></table>",
    ],
)
def test_nothing_but_a_table_passes_in_a_table(html):
    import re

    clean = clean_table(html) or ""
    assert set(re.findall(r"<\s*([a-z]+)", clean)) <= {"table", "tbody", "tr", "td"}
    assert not re.search(r"<[^>]*\son\w+=", clean)


@pytest.mark.parametrize(
    "html",
    ["<p>no table</p>", "<table>" * 5000, "<table>" + "x" * 300_000, None, 7, "<table><td" * 5000],
)
def test_what_is_no_table_or_too_deep_is_left_out(html):
    assert clean_table(html) is None


@pytest.mark.parametrize("entity", ["&#x202e;", "&#8294;", "&#27;", "&#x9d;", "&#xe000;"])
def test_an_entity_in_a_table_makes_no_control_character(entity):
    clean = clean_table(f"<table><tr><td>a{entity}b \\hr{entity}ef{{c}}</td></tr></table>")
    assert clean == "<table><tbody><tr><td>ab \\ href{c}</td></tr></tbody></table>"


@pytest.mark.parametrize("attribute", ["colspan=0", "colspan='2 x'", "rowspan=65534", "title=x"])
def test_only_small_spans_pass_as_attributes_of_a_cell(attribute):
    clean = clean_table(f"<table><tr><td {attribute}>1</td></tr></table>")
    assert clean == "<table><tbody><tr><td>1</td></tr></tbody></table>"


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<font a{n}></x>" for n in range(3000)) + "<p>x" * 90,  # 270,000 elements
        "<table><tr><td></x></x></x>" * 200,  # closing tags that close nothing
    ],
)
def test_a_table_that_a_parser_makes_large_or_deep_is_left_out(html):
    assert clean_table(f"<table><tr><td><p>{html}</td></tr></table>") is None


def test_a_table_of_two_thousand_tags_may_have_links_in_it():
    row = "<tr><td><a href=x>1</a></td><td>2</td></tr>"
    clean = clean_table("<table>" + 250 * row + "</table>")
    assert clean is not None and clean.count("<td>1</td>") == 250


def test_scripts_widgets_and_vector_graphics_are_left_out_and_it_is_said():
    raw = display(application_javascript="alert(1)", image_svg="<svg onload=alert(1)>")
    (left,) = clean_outputs([raw])
    assert "left out" in left["text"]
    assert "alert" not in str(left)


def test_a_widget_passes_as_its_text():
    raw = display(**{"application_vnd.jupyter.widget-view+json": {}, "text_plain": "100%"})
    assert clean_outputs([raw])[0]["data"] == {"text/plain": "100%"}


def test_of_metadata_only_a_pictures_size_passes():
    raw = display(image_png=picture()[0])
    raw["metadata"] = {"image/png": {"width": 8, "height": 10**9, "unconfined": True}, "x": 1}
    assert clean_outputs([raw])[0]["metadata"] == {"image/png": {"width": 8}}


def test_numbers_of_outputs_and_characters_have_limits():
    many = [display(text_plain="x") for _ in range(COUNT_LIMIT + 5)]
    clean = clean_outputs(many)
    assert len(clean) == COUNT_LIMIT + 1
    assert "5 more outputs" in clean[-1]["text"]
    assert len(clean_outputs([stream("x" * 10**7)])[0]["text"]) <= TEXT_LIMIT


def test_a_notebooks_cells_share_one_budget():
    budget = OutputAllowance(left=100)
    assert clean_outputs([stream("x" * 60)], budget) == [stream("x" * 60)]
    assert "limit per notebook" in clean_outputs([stream("x" * 60)], budget)[0]["text"]


@pytest.mark.parametrize(
    "outputs",
    [None, 7, {}, [None, 7, "x", [], {}], [{"output_type": []}], [{"output_type": "display_data"}]],
)
def test_malformed_outputs_are_none(outputs):
    assert clean_outputs(outputs) == []


def test_a_pasted_picture_stays_with_an_answer():
    data, _ = picture()
    kept = clean_attachments({"plot.png": {"image/png": data}, "../x": {"image/png": data}, "y": 7})
    assert list(kept) == ["plot.png"]
