"""Links beside the notebook to files of the grader's, to be copied into its feedback."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def folder(path):
    (path / "data.txt").symlink_to("@COURSE@/secret.txt")
    (path / "up").symlink_to("@COURSE@")
    (path / "timestamp.txt").symlink_to("@COURSE@/secret.txt")
    (path / "loop").symlink_to(".")
