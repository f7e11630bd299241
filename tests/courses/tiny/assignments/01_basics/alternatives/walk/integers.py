def walk(rng, steps):
    places = [0]
    for heads in rng.integers(0, 2, size=steps):
        places.append(places[-1] + (1 if heads else -1))
    return places
