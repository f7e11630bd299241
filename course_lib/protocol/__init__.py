"""One question to a student's functions, and what came back.

`values`     the kinds of values that cross between grader and submission
`questions`  a question as a small program, and its answer
`perform`    carries a question out; the only module here that runs a student's code
`left_alone` whether a function left its arguments as they were
`tensors`    what that takes of TensorFlow; `figures`: of Matplotlib
`encoding`   values as bytes, typed and limited; `wire`: the frames that carry them

The grader and the process that runs a submission both import this package; the second imports
nothing else of course_lib but `inference`, where a lesson uses it.
"""
