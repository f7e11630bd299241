"""Answers with each kind of value in turn: text that acts, huge integers, tables, deep lists."""
# cell: fit_line

_turn = iter(range(10**9))


def fit_line(x, y, theta0):
    kinds = [
        "\ud800<script>alert(1)</script>\x1b[31m", 10**19_000, 1j, None, True, {"m": 0.0, (1, 2): [[]]},
        [[1.0], [1.0, 2.0]], [10**400, -(10**400), 0], float("nan"), np.array(["a", "b"]),
        np.datetime64("2026-01-01"), fit_line, iter(x), (x, [y, {"x": (theta0,)}]), b"bytes",
    ]  # fmt: skip
    return kinds[next(_turn) % len(kinds)]
