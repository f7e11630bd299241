"""Hand-ins that resemble each other, for a person to look at: `course similar`.

`written`   what each student wrote, without what was handed out
`pairs`     which two resemble each other, and where; found by copydetect
`page`      the pairs side by side, on one page that loads nothing
`command`   the command, as the person who runs it sees it
"""
