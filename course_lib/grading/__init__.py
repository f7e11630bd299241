"""How a submission is run and judged.

`skeleton`, `submission`   the instructor's cells, and a student's work slotted into them
`inside/`, `jail/`         the process that runs a submission, and the walls around it
`process`                  this side's hold on that process: bytes, clocks, kills
`verifier`                 runs one submission, judges every exercise, makes the verdict
`verdict`                  the verdict, written whole or not at all
`engine`                   a cohort over several workers
`writer`, `nbgrader_plugin`   from verdicts to nbgrader's gradebook, `autograded/`, `feedback/`
"""
