"""Climbs through /proc into other processes: their roots, folders, memory and descriptors."""

import glob
import os

for _entry in glob.glob("/proc/[0-9]*"):
    _own = _entry.rpartition("/")[2] == str(os.getpid())
    if not _own:
        print("BREACHED", _entry)
    for _way in ("root", "cwd", "exe"):
        for _name in ("secret.txt", "gradebook.db", "@COURSE@/secret.txt"):
            try:
                print("BREACHED", open(f"{_entry}/{_way}/{_name}").read(100))
            except OSError:
                pass
for _outside in ("@GRADER@", "1"):
    for _way in ("root@COURSE@/secret.txt", "environ", "mem"):
        try:
            _text = open(f"/proc/{_outside}/{_way}", "rb").read(1 << 16)
            if b"@TOKEN@" in _text:
                print("BREACHED", _outside, _way)
        except OSError:
            pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
