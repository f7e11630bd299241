"""Pictures as people paste them are shown; what cannot be shown leaves a sentence, no reference."""

from __future__ import annotations

import base64
import io
import json
from urllib.parse import quote

import pytest
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from PIL import Image

from course_lib.grading.nbgrader.writer import Writer
from course_lib.grading.submission.allowance import OutputAllowance
from course_lib.grading.submission.markdown import harmless_markdown, picture_names
from course_lib.grading.submission.pictures import SIDE, clean_attachments
from tests.gradebook.conftest import WORKSHEET, CourseFolder


def encoded(image: Image.Image, kind: str, **options) -> str:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return base64.b64encode(out.getvalue()).decode()


def opened(bundle: dict[str, str]) -> Image.Image:
    (data,) = bundle.values()
    return Image.open(io.BytesIO(base64.b64decode(data)))


def two_halves(width: int = 40, height: int = 20) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


@pytest.mark.parametrize(
    ("kind", "said", "shown"),
    [
        ("GIF", "image/gif", "image/png"),
        ("WEBP", "image/webp", "image/jpeg"),
        ("JPEG", "image/jpg", "image/jpeg"),
        ("WEBP", "image/png", "image/jpeg"),  # saved under another name
        ("PNG", "image/jpeg", "image/png"),
    ],
)
def test_usual_kinds_of_pictures_are_shown(kind, said, shown):
    kept = clean_attachments({"a": {said: encoded(two_halves(), kind)}})
    assert list(kept["a"]) == [shown]
    assert opened(kept["a"]).size == (40, 20)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_can_be_seen_through_stays_so(kind):
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    (bundle,) = clean_attachments({"a": {"image/png": encoded(clear, kind)}}).values()
    assert opened(bundle).convert("RGBA").getpixel((3, 3))[3] == 0


def test_an_animation_is_its_first_picture():
    second = [Image.new("RGB", (40, 20), "green")]
    data = encoded(two_halves(), "GIF", save_all=True, append_images=second)
    (bundle,) = clean_attachments({"a.gif": {"image/gif": data}}).values()
    assert opened(bundle).convert("RGB").getpixel((2, 2)) == (255, 0, 0)


def test_a_photograph_is_turned_upright_and_scaled_down():
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn clockwise makes it upright
    data = encoded(two_halves(8064, 6048), "JPEG", exif=exif, quality=30)
    (bundle,) = clean_attachments({"photo.jpg": {"image/jpeg": data}}).values()
    photo = opened(bundle)
    assert photo.size == (SIDE * 3 // 4, SIDE)
    assert photo.getpixel((900, 100))[0] > 200 and photo.getpixel((900, 2300))[2] > 200
    assert not photo.getexif()


def test_a_dozen_photographs_fit_into_a_notebook():
    data = encoded(two_halves(4000, 3000), "JPEG", quality=30)
    photos = {f"{n}.jpg": {"image/jpeg": data} for n in range(12)}
    assert list(clean_attachments(photos, OutputAllowance())) == list(photos)


def test_a_photograph_that_is_gone_over_again_and_again_is_left_out():
    out = io.BytesIO()
    two_halves(3000, 3000).save(out, "JPEG", progressive=True)
    jpeg = out.getvalue()
    scan = jpeg[jpeg.rindex(b"\xff\xda") : -2]
    flood = base64.b64encode(jpeg[:-2] + 2_000 * scan + jpeg[-2:]).decode()
    assert clean_attachments({"a.jpg": {"image/jpeg": flood}}) == {}


@pytest.mark.parametrize(
    "bundle",
    [
        {"image/svg+xml": "<svg/>"},
        {"image/png": "no base64!"},
        {"image/png": ["aGVs", "bG8="]},
        {"image/png": encoded(Image.new("1", (4001, 4000)), "PNG")},
        {"image/png": None},
        {"text/html": "<b>"},
        {},
    ],
)
def test_what_is_no_picture_is_left_out(bundle):
    assert clean_attachments({"a": bundle}) == {}


NAMES = [
    "plot.png",
    "Screenshot 2026-11-20 at 10.31.02.png",
    "Bildschirmfoto (2).png",
    "снимок экрана.png",
    "über.png",  # composed
    "u\u0308ber.png",  # as macOS writes it
    "50%.png",
    "a_b.png",
    "x" * 300 + ".png",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("spelt", ["quoted", "pointed", "html"])
def test_a_picture_is_found_by_any_name(name, spelt):
    names = picture_names(["other one.png", name])
    reference = {
        "quoted": f"![p](attachment:{quote(name)})",
        "pointed": f"![p](<attachment:{name}>)",
        "html": f'<img src="attachment:{name}" width="300">',
    }[spelt]
    other, mine = names.values()
    attachments = {other: {"image/png": "b3RoZXI"}, mine: {"image/png": "bWluZQ"}}
    text = harmless_markdown(f"Look: {reference}", names)
    renderer = IPythonRenderer(escape=False, attachments=attachments)
    page = MarkdownWithMath(renderer=renderer).render(text)
    assert 'src="data:image/png;base64,bWluZQ"' in page


def test_names_never_meet():
    names = ["a b.png", "a-b.png", "a  b.png", "ä.png", "a.png", "数.png", "学.png"]
    assert len(set(picture_names(names).values())) == len(names)


@pytest.mark.parametrize(
    ("reference", "named"),
    [
        ("![my plot](attachment:gone.png)", "gone.png"),
        ("![my plot](plot.png)", "plot.png"),
        ("![my plot](../img/plot%201.png)", "../img/plot 1.png"),
        ("![my plot](/hub/logout)", "/hub/logout"),
        ("![my plot](data:image/svg+xml,%3Csvg/%3E)", "my plot"),
        ("![my plot](file:///etc/passwd)", "file:///etc/passwd"),
        ("<img src='attachment:gone.png' alt='my plot'>", "gone.png"),
        ("<img>", ""),
    ],
)
def test_a_picture_that_is_not_there_is_a_sentence(reference, named):
    page = MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(
        harmless_markdown(f"Before {reference} after", {"other.png": "other.png"})
    )
    assert f"Before [The picture {named} cannot be shown here." in page
    assert "<img" not in page and "after" in page


@pytest.mark.parametrize("place", ["given", "manual", "extra"])
def test_feedback_is_written_whatever_became_of_a_picture(course: CourseFolder, place: str) -> None:
    nb = course.notebook()
    reference = "![one](attachment:a.svg) ![two](attachment:b%20c.webp) ![three](attachment:d.png)"
    pictures = {
        "a.svg": {"image/svg+xml": "<svg/>"},
        "b c.webp": {"image/webp": encoded(two_halves(), "WEBP")},
    }
    if place == "manual":
        cell = course.cell(nb, "meaning_of_log_like")
    elif place == "given":
        cell = next(c for c in nb["cells"] if c["cell_type"] == "markdown")
    else:
        cell = {"cell_type": "markdown", "metadata": {}}
        nb["cells"].append(cell)
    cell |= {"source": reference, "attachments": pictures}
    writer = Writer(course.root)
    writer.write(course.verdict(course.hand_in("ada", nb), {}))
    page = writer.feedback(WORKSHEET, "ada").read_text("utf-8")
    for name in ("a.svg", "d.png"):
        assert f"[The picture {name} cannot be shown here." in page
    assert page.count('src="data:image/jpeg;base64,') == 1


@pytest.mark.parametrize("became", ["unchanged", "stripped", "deleted"])
def test_the_instructors_pictures_are_the_instructors(course: CourseFolder, became: str) -> None:
    """A student who cleared, or replaced, what was pasted into a given cell still sees it."""
    path = course.root / "release" / WORKSHEET / "worksheet.ipynb"
    given = next(c for c in course.released["cells"] if c["cell_type"] == "markdown")
    picture = encoded(two_halves(), "PNG")
    given["source"] = "".join(given["source"]) + "\n\n![](attachment:sketch.png)"
    given["attachments"] = {"sketch.png": {"image/png": picture}}

    path.write_text(json.dumps(course.released), "utf-8")
    course = CourseFolder(
        course.root, type(course.skeleton).load(course.root, WORKSHEET), course.released
    )
    nb = course.notebook()
    cell = next(c for c in nb["cells"] if c["cell_type"] == "markdown")
    if became == "deleted":
        nb["cells"].remove(cell)
    elif became == "stripped":
        del cell["attachments"]
    writer = Writer(course.root)
    writer.write(course.verdict(course.hand_in("ada", nb), {}))
    assert picture in writer.feedback(WORKSHEET, "ada").read_text("utf-8")
