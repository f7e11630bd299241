"""One call of a student's function, and what came back.

`answer`   what a call is and what an answer is: plain NumPy and text, no object of a student's
`wire`     the bytes in which both cross between processes: framed, typed, length-limited
`perform`  makes the call, with TensorFlow; the only module here that runs a student's code

Both sides of the wall between grader and submission import this room, and nothing else of ours.
"""
