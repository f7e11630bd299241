"""Five thousand cells, a tenth of them copies of the exercise, each a hundred lines long."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    about = {"grade_id": "tf_log_like", "solution": True, "grade": False, "locked": False}
    for number in range(5000):
        grading = {"nbgrader": about} if number % 10 == 0 else {}
        nb["cells"].append({"cell_type": "code", "metadata": grading, "id": f"c{number}",
                            "source": f"tf_log_like = lambda *a: {number}\n" * 100, "outputs": []})
