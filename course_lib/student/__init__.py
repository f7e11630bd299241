"""What a student runs: `check(...)` in a notebook, `course check` in a terminal.

`check`              tries one function in the notebook's own process: a card under the cell
`page`               where that card is shown, and before it how far it is
`kernel`             the cells that the notebook's kernel has run, and functions that are stale
`session`            what was checked so far: progress, the total with a bar, a receipt
`hints`              an author's hints, one more each time
`which_assignment`   which exercise that function is, when several assignments have the name
`timeouts`           calls a function of this process with the grader's time limits
`run`                runs a notebook and tries every exercise, in a process of its own (`runner`)
`problem`            why a cell did not end well
`sandbox_rules`      refuses there what a submission does not have in grading
`terminal`           what `course check` prints of that
`waiting`            what is being done, while it is
`watch`              the same again at each save: `course watch`
`student_notebook`   a notebook file: its cells, and the claims about its exercises
`validate`           the same judgement for `nbgrader validate`

The claims and the way they are judged are the grader's own. A student can
deceive their own notebook, and nobody else.
"""
