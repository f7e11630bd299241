"""How a submission is run and judged.

`skeleton`, `submission`   the instructor's cells, and a student's work slotted into them
                           (`handed_in` reads it, `restore` puts it in order, `cells` is the result)
`inside/`, `jail/`         the process that runs a submission, and the walls around it
`process`                  this side's hold on that process: bytes, clocks, kills
`verifier`                 runs one submission, judges every exercise, makes the verdict
`verdict`                  the verdict, written whole or not at all
`course`, `keys`           a course folder, and what a verdict depends on
`engine`, `grader`         a cohort over several graders, each a process; `cluster`: on Dask
`writer`, `nbgrader_plugin`   from verdicts to nbgrader's gradebook, `autograded/`, `feedback/`
`bank`, `known`            known mistakes as files, and their answers to a cohort's questions
`audit`, `mutants`         the checks' own errors, on the bank and on generated mistakes
                           (`fate`: what became of each; `fitness`: may this be released?)
`doctor`                   which layers of isolation this machine has
"""
