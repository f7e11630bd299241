"""What a Jupyter kernel does, in this process: it runs cells as a notebook would.

`shell`        runs one cell, and keeps what it shows and how it ended
`modules`      imports what cells will import, and refuses what an assignment closes
`environment`  the environment variables of the process, and linear algebra in one thread

`course check` and the process that runs submissions have the same one, so that what a cell does to
the next one is the same for both.
"""
