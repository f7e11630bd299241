"""How a submission is run and judged.

`course`           a course folder: one assignment, its hand-ins, what is graded already
`verifier`         runs one submission and makes the verdict
`exercises`        judges its exercises, each in the state that its test cell would find
`inside`           judges plain test cells, which ran in the submission's own process
`parts`            one verdict of several notebooks; `released`: they, with the instructor's tests
`hidden_tests`     files that are there only when a submission is graded
`one_notebook`     one file in, one verdict out, for other people's systems
`session`          one submission's process, started again where the submission ended it
`verdict`          the verdict as a file, written whole or not at all
`fork_server`      the process that has imported everything, and forks for each submission
`student_process`  the grader's side of the process that runs a submission: bytes, clocks, kills
`callbacks`        the grader's functions that a student's function may call
`time_limits`      how much time a submission may use; `cpu_clock`: how much another process has
`cache_keys`       what a verdict depends on, so that nothing is graded twice

`submission/`      what a student handed in, put into the instructor's notebook
`sandbox/`         the isolation of the process that runs a submission, one layer a file
`worker/`          what runs inside that process
`pool/`            a cohort over several graders, on this machine or on a Dask cluster
`nbgrader/`        from verdicts to nbgrader's gradebook, `autograded/` and `feedback/`
`audit/`           the claims' own errors, on the bank's files and on generated mistakes
"""
