"""Blank lines in code, in a table and in a text: a pattern that looks ahead reads them again and again."""

from IPython.display import display

display({"text/html": "<table><tr><td>" + "\n" * 150_000 + "</td></tr></table>"}, raw=True)


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    for number, source in enumerate(["\n" * 150_000 + "1", "\n " * 20_000 + "1", "\t" * 40_000 + "1"]):
        cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "id": f"c{number}"}
        nb["cells"].append(cell)
