"""A plain variable."""

from course_lib.claims import agree, exercise

SPEED, YEAR = 299_792_458.0, 365.25 * 86_400.0


@exercise(points=1, variable=True)
def light_year():
    """The metres in a light year of 365.25 days: about 9.46e15."""
    return SPEED * YEAR


@light_year.claim(points=0.5, gate=True)
def has_the_right_size(student, truth):
    """It is a number of metres, right to within a factor of two."""
    agree(student.light_year(), truth(), tolerance=0.5 * truth())


@light_year.claim(points=0.25)
def is_right_to_three_digits(student, truth):
    """It is right to three digits."""
    agree(student.light_year(), truth(), tolerance=5e-3 * truth())


@light_year.claim(points=0.25)
def is_of_a_julian_year(student, truth):
    """The year has 365.25 days."""
    agree(student.light_year(), truth(), tolerance=1e-6 * truth())


light_year.mistake("kilometres", "It is in kilometres.", "299_792_458", "299_792.458")
light_year.mistake("common_year", "The year has 365 days.", "458 * 365.25", "458 * 365")
light_year.mistake("light_day", "It is one day long.", "365.25 * ", "")
light_year.mistake(
    "rounded", "The speed of light is rounded to one digit.", "299_792_458", "300_000_000"
)
light_year.mistake("hours", "The hours of a day are not counted.", "86_400", "3_600")
