"""A made-up class, to see the whole course at work.

`cohort`   hand-ins from the released notebook, the solutions, and a small file for each student
`course`   a course folder of its own in which they are graded
"""
