"""Answers in words and code that cost a page's maker time: marks that open and never close, wide gaps."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    texts = ["\\begin{a}" * 5_500, "a" + " " * 49_000 + "b", "![" * 24_000, "a\n" + "\n" * 49_000 + "b"]
    for number, source in enumerate(texts):
        nb["cells"].append({"cell_type": "markdown", "metadata": {}, "source": source, "id": f"t{number}"})
    for cell in nb["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "meaning_of_log_like":
            cell["source"] = texts[1]
    source = "u = '" + "\\N{" * 60_000 + "'"
    nb["cells"].append({"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "id": "code"})
