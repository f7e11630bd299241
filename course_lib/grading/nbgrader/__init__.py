"""From verdicts to nbgrader: the gradebook, `autograded/`, `feedback/`, `export`.

`writer`          the one writer of all of these
`autograded`      a submission with its verdict, as the notebook that nbgrader reads
`autograde`       what `nbgrader autograde` uses in place of its own execution
`feedback/`       the feedback page
`exchange`        what nbgrader's exchange needs of a hand-in to give feedback back
`formgrader`      formgrader's page, which loads nothing from the network
`export`          the table of grades, in which no cell is a formula
`upkeep`          what has to be written anew; `held`: what the gradebook has, `late`: penalties
`pieces`         the settings of a course that nbgrader made, with this engine's steps in them
`source_cells`   the instructor's cells in the gradebook, hidden tests included
`gradebook_lock`  one writer at a time; `engine_cache`: one database connection for it;
                  `retried`: again, while another program holds it
"""
