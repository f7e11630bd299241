"""Learning platforms: hand-ins that come from them.

In: `course collect`.

`archive`     the files of a zip or a folder; what is hostile in it is named and left out
`formats`     who sent which file, in the way in which each platform names it
`roster`      the people of a course, from the table that a platform gives
`names`       one name, written in several ways
`matching`    whom on the roster a sender is
`collecting`  what is to be written where, and the writing
`collected`   what was collected from where, remembered for the way back

`incoming`    the command, as the person who runs it sees it
"""
