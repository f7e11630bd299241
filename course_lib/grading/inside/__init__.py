"""What shares a process with a submission, and nothing that judges one.

`warm`      the process that has imported everything and run nothing; forks for each submission
`serve`     a fork's life: run the cells that it is sent, then answer calls until it is told to stop
`shell`     runs notebook cells as a notebook would, and keeps what they show

Everything here is on the far side of the wall: the grader believes none of what it says.
"""
