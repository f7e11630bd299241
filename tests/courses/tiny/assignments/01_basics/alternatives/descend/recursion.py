def descend(slope, start, rate, steps):
    if not steps:
        return list(start)
    return descend(slope, start - rate * slope(start), rate, steps - 1)
