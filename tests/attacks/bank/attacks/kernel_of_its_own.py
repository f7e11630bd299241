"""Names a kernel, a language and a command that run something else than Python."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    command = ["sh", "-c", "touch /tmp/breach-@TOKEN@ @COURSE@/breach-@TOKEN@"]
    nb["metadata"]["kernelspec"] = {"name": "../../breach", "argv": command, "display_name": "<b>"}
    nb["metadata"]["language_info"] = {"name": "bash", "pygments_lexer": "../breach"}
    nb["metadata"]["nbconvert"] = {"template": "/tmp/breach", "exporter": "script"}
    nb["nbformat"], nb["nbformat_minor"] = 4, 999
