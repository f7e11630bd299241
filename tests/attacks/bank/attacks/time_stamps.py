"""A hand-in's time in the far future, in another file's words, and a megabyte long."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def folder(path):
    (path / "timestamp.txt").write_text("9999-12-31 23:59:59 UTC" + "\x1b[2J<script>PWNED()</script>" * 9999)
