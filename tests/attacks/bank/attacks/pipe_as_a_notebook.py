"""A named pipe in place of the notebook: whoever opens it waits for ever."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def folder(path):
    import os

    (path / "worksheet.ipynb").unlink()
    os.mkfifo(path / "worksheet.ipynb")
    os.mkfifo(path / "timestamp.txt")
