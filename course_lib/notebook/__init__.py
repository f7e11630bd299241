"""Notebooks as data, for everyone who reads one: students' checks, releases, grading.

`cell`            one cell: its text, its role, its points
`reading`         a trusted notebook's cells
`raw_notebook`    the cells of a file as it was handed in; nothing in it is trusted
`pasted`          pictures in an answer's text, made its attachments
`released_notebook`  the instructor's cells: what each one is, and its points
`matching`        which released cell each handed-in cell is
`written`         answers in words that do not stand in their own cell
`earlier`         whether it was made from an earlier release; `checksum`: nbgrader's own
`notes`           what is said of cells that were not as released
`align`           the three together: a notebook in its order, with what was deleted put back
`submission`      the result: the cells that run, and what there is to say about them
`beside`          the modules that were handed in with it
`plain`         test cells with asserts, which run in the submission's own process
`instead`         what runs in place of a given cell that was edited and stops
`markers`         what marks a solution, and misspelt forms of it
`dependencies`    which cells bind and read which names, and which of them a verdict needs
`code`            one function in a cell's text: arguments, returns, what it was released with
`prerequisites`   which exercises an exercise is built on
`recognise`       what a cell is where its metadata is lost
`places`          where an exercise is asked, and which cells change it later
`magics`          IPython's own commands in a cell's text

Students' packages hold it. It is quick to import: the standard library and `course_lib.text`.
"""
