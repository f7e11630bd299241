"""What a student runs: `check(...)` in a notebook, `course check` in a terminal.

`notebook`   one function, in the process it lives in, as a card under the cell
`sheet`      a notebook file: its cells, its exercises
`run`        runs such a notebook and tries every exercise, in a process of its own (`runner`)
`terminal`   what `course check` prints of that
`watch`      the same again at each save: `course watch`

The claims and the way they are judged are the grader's own. What is missing here is the wall: a
student may fool their own notebook, and nobody else.
"""
