"""Text that reads otherwise than it is: direction overrides, half characters, ten thousand accents."""

_text = "0 \u202epoints 3 \u2066of\u2069 \ud800\udfff \ufeff\u200b" + "a" + "\u0301" * 10_000 + "\x00"
print(_text.encode("utf-8", "replace").decode())


def tf_log_like(x, y, m, b, s):
    raise ValueError(_text)
