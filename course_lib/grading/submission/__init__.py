"""Hand-ins on an instructor's machine: where they lie, and what may be shown of them.

`collect`               finds a hand-in and makes it a submission (`course_lib.notebook.submission`)
`outputs`, `pictures`   outputs and pictures of a student's, made harmless, within an `allowance`
`markdown`, `markup`    a student's text, made harmless, with limits
`money`                 dollars that are no ends of a formula
`student_ids`           a student's id, made from the name of their folder
`hand_in_folders`       whose hand-in lies in which folder
`candidates`            which of several notebooks is graded
`unused_files`          what was handed in and is not used
`unreadable`            hand-ins that whoever grades may not read
`misplaced_submissions` hand-ins that lie where no command looks
"""
