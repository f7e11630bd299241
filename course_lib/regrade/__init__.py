"""What another grading run would change, before anything is written.

`differences`  whose points differ between two verdicts, and by which claims
`folders`      two folders of verdicts, compared: `course diff`
`dry_run`      grades in a folder of its own, which is then compared: `course grade --dry-run`
`printed`      the differences as people read them, and the exit code
"""
