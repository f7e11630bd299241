"""Gives every cell a hundred points, and minus a hundred, and not a number."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    for number, cell in enumerate(nb["cells"]):
        about = cell["metadata"].get("nbgrader")
        if about:
            about.update(points=[100, -100, float("nan"), "1e9", None, True][number % 6])
            about.update(grade=True, solution=False, locked=False, max_score=100, score=100)
