"""A file name that is a script, a formula and a terminal's command at once."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def folder(path):
    name = "=1+1<script>PWNED('@TOKEN@')<\u2215script>\x1b[2J\x1b]0;PWNED\x07\n[a](javascript:PWNED()).ipynb"
    (path / "worksheet.ipynb").rename(path / name)
