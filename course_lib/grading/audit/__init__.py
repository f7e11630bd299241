"""Measures the claims: known mistakes must lose points, right answers must not.

`run`            runs every entry of a bank in the way of a submission
`audit_result`   one outcome for each entry, and what they say about the claims
`mutants`        generated mistakes: the solutions with one thing changed
`canaries`       what only a successful attack would touch
`mistake_store`  what the known mistakes answer, so that a student's mistake can be named
`checkpoint`     what an audit has found so far, to go on after an interruption
`release_gate`   refuses a release while the claims are known to be wrong
"""
