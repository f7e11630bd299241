"""What a class did with an assignment, and with a course: figures, a page, a table.

`judged`     verdicts, without the pictures that the cells showed
`causes`     why one student lost points in one exercise
`items`      how a class did in each exercise and each claim
`mistakes`   the mistakes that were made, by name, each with its smallest example
`help`       who needs help first, and with what
`gradebook`  who is in the class, who was late, which answers are still to be read
`run_cost`   seconds that grading took
`figures`    all of these of one assignment
`carry_over`      exercises that are failed by those who failed an earlier one
`course_figures`  who earned how much in each assignment, and where that leads
`who`        links from a number to the students behind it
`plots`      pictures
`page`       the page of an assignment; `templates/` has its words and its style
`rows`       the same as a table, for other programs
`paths`      where these lie
`make`       writes them into reports/: `course report`, and the end of `course grade`
"""
