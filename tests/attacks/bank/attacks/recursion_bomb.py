"""Recursion without end, with the limit taken away, until the stack runs out."""

import sys


def tf_log_like(x, y, m, b, s):
    sys.setrecursionlimit(10**9)

    class Deep:
        def __getattr__(self, name):
            return getattr(self, name + "a")

    return sorted([Deep()], key=lambda deep: deep.a) and tf_log_like(x, y, m, b, s)
