"""Sixty cells that are each too long to be read: a sentence about every one of them is a flood."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    for number in range(60):
        source = "#" * 200_001
        cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "id": f"c{number}"}
        nb["cells"].append(cell)
