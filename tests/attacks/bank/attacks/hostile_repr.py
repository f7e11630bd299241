"""Objects whose text raises, prints, lies about its type, or never comes to an end."""


class Hostile(Exception):
    def __str__(self):
        raise SystemExit("3.0")

    __repr__ = __str__

    def __class_getitem__(cls, name):
        raise KeyboardInterrupt

    def _repr_html_(self):
        raise GeneratorExit

    def __len__(self):
        return -1

    def __iter__(self):
        while True:
            yield self


Hostile()


def tf_log_like(x, y, m, b, s):
    raise Hostile from Hostile()
