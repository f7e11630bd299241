"""A loop that catches everything that could end it."""

while True:
    try:
        while True:
            pass
    except BaseException:
        continue
