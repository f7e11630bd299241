"""A cohort over several graders.

`engine`    submissions in, verdicts out, on this machine or on a cluster
`grader`    one grader: a verifier with its fork server, in a process of its own
`graders`   several graders on this machine, and the verdict on a submission that ends them
`cluster`   the same on a Dask cluster
"""
