"""Three notebooks under names that differ in case, dots and direction, of which one is right."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def folder(path):
    source = (path / "worksheet.ipynb").read_text()
    for name in ("Worksheet.ipynb", "worksheet .ipynb", "worksheet\u202e.ipynb", ".worksheet.ipynb"):
        (path / name).write_text(source.replace("tf_log_like", "log_prior"))
