"""A link in place of the notebook, to that of somebody who did the work."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def folder(path):
    (path / "worksheet.ipynb").unlink()
    (path / "worksheet.ipynb").symlink_to("../../ada/00_worksheet/worksheet.ipynb")
