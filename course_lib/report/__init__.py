"""What people see of a grading run.

`grading`   one run: progress, the writer at work, the table at the end, the exit code
`table`     a cohort's verdicts as a table that can be read without colour
`progress`  a bar in a terminal, a line each where there is none
`timings`   where the time went
`audit`     what an audit found, and a release that waits for it
"""
