"""What people see of a grading run and of an audit.

`listing`   the assignments of a course, and how far each is
`one_notebook`  `course grade-notebook`: one verdict, in words or as JSON
`run`       what a grading run was asked for, and what has come of it
`grading`   one run: progress, the writer at work
`printed`   its end: the table, what went wrong, where to look, the exit code
`table`     a cohort's verdicts as a table that can be read without colour
`progress`  a bar in a terminal; elsewhere, one line for each submission
`hand_ins`  who handed in and is not graded, and why
`timings`   where the time went
`audit`     what an audit found, and a release that waits for it
`cohort`    `course report`: what a class did, as a page that opens from disk
`trying`    `course try`: how an exercise's claims do on the author's own files
"""
