"""Fifty megabytes of code in cells that are each just short enough, to be read, parsed and coloured."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    source = "_a = [" + "1.0,(x:=2)," * 17_000 + "]"
    for number in range(260):
        cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "id": f"c{number}"}
        nb["cells"].append(cell)
