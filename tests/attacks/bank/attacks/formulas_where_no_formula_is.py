r"""TeX that makes links and macros, in a table, in the kernel's name, in a tag and a file's words."""

from IPython.display import HTML, display

display(HTML(r"<table><tr><td>$\href{javascript:alert(1)}{BAD}$</td></tr></table>"))


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    nb["metadata"]["kernelspec"] = {"name": r"$\href{javascript:alert(1)}{BAD}$"}
    nb["cells"][0].setdefault("metadata", {})["tags"] = [r"$\def\a{\a\a}\a$"]
