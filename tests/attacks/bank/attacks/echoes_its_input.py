"""Hands back an argument, which scales, shifts and splits as the arguments do."""


def tf_log_like(x, y, m, b, s):
    return m
