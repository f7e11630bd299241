"""A thousand cells, each of which is done a moment before it would be stopped."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    source = ("import time\n_end = time.monotonic() + 0.9\nwhile time.monotonic() < _end:\n"
              "    try:\n        time.sleep(_end - time.monotonic())\n"
              "    except BaseException:\n        pass\n")
    for number in range(1000):
        cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "id": f"c{number}"}
        nb["cells"].insert(1, cell)
