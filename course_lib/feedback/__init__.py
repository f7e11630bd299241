"""From an exercise's result to what a student reads.

`explain`           the result in a verdict's form (`results`): claims, examples, and the cause
`diagnosis`         asks a little more where one failed: `variations` of a question, a picture
`stumbles`          slips that are plain from the code; `errors_in_words`: what an error says
`mistake_matching`  compares answers with those of known mistakes; `signature`: answers as arrays;
                    `mistake_archive`: their file; `probe_inputs`: the questions for it
`observed`          what wrong answers have in common: the explainers, in order (`patterns`,
                    `counterfactuals`, `clipped`, `by_arguments`, `error_location`, `places`,
                    `parts`, and what an assignment adds); `parts_of_arguments`: the names of
                    entries of arguments
`evidence`          expected and got, question by question: one table for all explainers
`fenced`            runs an author's explanation or picture
`recording`         what explanations ask the truth, for a student's package
`inputs_shown`      the arguments of a call, and a line to paste; `shown`: values as JSON has them
`card`              one exercise's result as HTML and as text; `pictures`: its picture
"""
