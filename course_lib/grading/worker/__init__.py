"""What runs in the same process as a submission. Nothing here judges one.

`fork_server`   imports everything, runs nothing, and forks for each submission
`data`          the files that were released beside a notebook, laid beside it again
`serve`         in a fork: runs the cells that it is sent, then answers questions until told to stop

A submission shares this process, so the grader trusts nothing that it sends.
"""
