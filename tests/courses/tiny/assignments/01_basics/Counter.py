"""A class with a state, whose objects make others."""

from hypothesis import strategies as st

from course_lib.claims import agree, exercise

NUMBERS = st.integers(1, 50)


@exercise(points=3)
class Counter:
    """Counts from `start`, a whole number."""

    def __init__(self, start):
        self.total = start

    def add(self, number):
        """Add a number; the new total."""
        self.total += number
        return self.total

    def twin(self):
        """Another counter, which goes on from here by itself."""
        return type(self)(self.total)


@Counter.claim(points=1, gate=True, start=NUMBERS, number=NUMBERS)
def adds(student, truth, start, number):
    """add() returns the new total."""
    agree(student.Counter(start).add(number), truth(start).add(number))


@Counter.claim(points=1, start=NUMBERS, first=NUMBERS, second=NUMBERS)
def remembers(student, truth, start, first, second):
    """What was added stays added."""
    counter = student.Counter(start)
    agree([counter.add(first), counter.add(second)], [start + first, start + first + second])


@Counter.claim(points=1, start=NUMBERS, number=NUMBERS)
def twins_count_by_themselves(student, truth, start, number):
    """A twin stands where its counter stood, and is another one."""
    counter = student.Counter(start)
    twin = counter.twin()
    counter.add(number)
    agree(twin.add(number), start + number)


Counter.mistake(
    "forgets",
    "It forgets what was added.",
    "self.total += number\n        return self.total",
    "return self.total + number",
)
Counter.mistake(
    "twin_is_itself", "The twin is the counter itself.", "type(self)(self.total)", "self"
)
Counter.mistake("from_zero", "It starts from zero.", "self.total = start", "self.total = 0")
Counter.mistake("twin_from_zero", "The twin starts from zero.", "(self.total)", "(0)")
Counter.mistake("by_one", "It adds one, whatever the number.", "+= number", "+= 1")
