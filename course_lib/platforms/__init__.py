"""Learning platforms: hand-ins that come from them, grades and feedback that go back.

In: `course collect`.

`archive`     the files of a zip or a folder; what is hostile in it is named and left out
`formats`     who sent which file, in the way in which each platform names it
`roster`      the people of a course, from the table that a platform gives
`names`       one name, written in several ways
`matching`    whom on the roster a sender is
`collecting`  what is to be written where, and the writing
`collected`   what was collected from where, remembered for the way back

Out: `course export`.

`grades`      what the gradebook holds about one assignment
`tables`      these as each platform's own table
`feedback`    feedback pages under the names by which Moodle and Canvas take them back

`incoming`, `outgoing`   the two commands, as the person who runs them sees them
"""
