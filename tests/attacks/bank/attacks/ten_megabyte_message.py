"""An error message of ten megabytes, on one line, from a function with a name as long."""


class Long(Exception):
    def __str__(self):
        return "A" * 10_000_000


Long.__name__ = Long.__qualname__ = "B" * 10_000_000


def tf_log_like(x, y, m, b, s):
    raise Long
