"""Many chains at once, as one compiled TensorFlow function: what `sample` calls.

C chains take every step together; XLA compiles draw, trajectory and step as nested loops,
so that a step costs about what its arithmetic costs.

    >>> normal = lambda q: (-0.5 * tf.reduce_sum(q**2, axis=0), -q)
    >>> chunk = lockstep_nuts(normal, dimension=2, chains=8, length=4, max_depth=5)
    >>> q, z = tf.zeros([2, 8], T), tf.random.normal([4, 2, 8], dtype=T)
    >>> bits, times = tf.constant(np.arange(64).reshape(4, 2, 8), tf.uint64), tf.ones([4], T)
    >>> draws = chunk(q, tf.zeros([2, 1], T), tf.ones([2, 1], T), z, bits, times, 4,
    ...               False, False, fixed_step(0.9), 0.8)
    >>> draws.q.shape                                   # [length, d, C]
    TensorShape([4, 2, 8])

One idea a file: `space` (coordinates, steps), `trees` (NUTS), `lengths` (HMC), `averaging` (the
step size), `uniform` (random numbers), `chunk` (all of these compiled), and around it `start`,
`tuning` and `run`. Read `nuts.py` and `hmc.py` first: the same algorithms, for people;
only HMC's steps are others here (`Space.two_stage`).
"""

from course_lib.inference.lockstep.averaging import fixed_step
from course_lib.inference.lockstep.chunk import Chunk, lockstep_hmc, lockstep_nuts
from course_lib.inference.lockstep.space import T

__all__ = ["Chunk", "T", "fixed_step", "lockstep_hmc", "lockstep_nuts"]
