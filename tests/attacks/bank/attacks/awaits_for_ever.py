"""A cell that waits in an event loop which passes on no interruption."""

import asyncio


async def _wait():
    while True:
        try:
            await asyncio.sleep(0.01)
        except BaseException:
            pass


await _wait()


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
