"""Code that brings parsers down: brackets, operators and blocks nested deeper than they count."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    deep = ["(" * 90_000, "-" * 90_000 + "1", "not " * 40_000 + "1", "a." * 60_000 + "b",
            "f'" + "{f'{" * 10_000, "".join(" " * n + "if 1:\n" for n in range(99)) + " " * 99 + "1",
            "lambda:" * 20_000 + "0", "x = " * 40_000 + "1", "[" * 199 + "]" * 199, "\x00", "a" * 190_000,
            "1" * 190_000, "1+" * 50_000 + "1", "class A:" + "\n def f(): pass" * 9_000,
            "\\\n" * 50_000, "'''", "\f\t" * 50_000, "%%" * 90_000, "match 1:\n case " + "[" * 50_000]
    for number, source in enumerate(deep):
        cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "id": f"c{number}"}
        nb["cells"].append(cell)
