"""A made-up class, to see the whole course at work.

`cohort`         hand-ins from a released notebook, its solutions, and a small file for each student
`course`         a course folder of its own in which they are graded
`students`       thirty students by rules: right, improving, stuck, late, leaving, half done, blank
`whole_course`   all of these through every lesson, into one gradebook and one export
"""
