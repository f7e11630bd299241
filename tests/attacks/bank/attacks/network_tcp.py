"""Connects to the machine itself, and to the world, by TCP."""

import socket

for _address in (("127.0.0.1", int("0@PORT@")), ("localhost", int("0@PORT@")), ("1.1.1.1", 53)):
    try:
        _connection = socket.create_connection(_address, timeout=0.3)
        _connection.sendall(b"@TOKEN@")
        print("BREACHED", _address)
    except OSError:
        pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
