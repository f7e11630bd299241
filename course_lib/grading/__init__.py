"""How a submission is run and judged.

`skeleton`, `submission`   the instructor's cells, and a student's work slotted into them
                           (`handed_in` reads it, `restore` puts it in order, `cells` is the result)
`inside/`, `jail/`         the process that runs a submission, and the walls around it
`process`, `budget`        this side's hold on that process: bytes, clocks, kills; its time
`outputs`, `text`          what it showed and wrote, made harmless
`verifier`                 runs one submission, judges every exercise, makes the verdict
`verdict`                  the verdict, written whole or not at all
`course`, `keys`           a course folder, and what a verdict depends on
`engine`, `grader`         a cohort over several graders, each a process; `cluster`: on Dask
`writer`, `nbgrader_plugin`   from verdicts to nbgrader's gradebook, `autograded/`, `feedback/`
                           (`turn`, `one_engine`: its database; `export_plugin`: its tables)
`names`, `strays`          which folders are hand-ins, and what lies where none is looked for
`bank`, `known`            known mistakes as files, and what they answer
`audit`, `mutants`         the checks' own errors, on the bank and on generated mistakes
                           (`fate`: what became of each; `partial`: goes on after a stop;
                           `canaries`: what an attack would touch; `fitness`: to be released?)
`doctor`                   which layers of isolation this machine has
"""
