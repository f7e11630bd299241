"""Each place is asked about once; energies by a small function."""


def hmc_step(value_and_gradient, q, p, u, step, n, variance):
    seen = {}

    def ask(place):
        key = np.asarray(place).tobytes()
        if key not in seen:
            seen[key] = value_and_gradient(place)
        return seen[key]

    def energy(place, momentum):
        return np.sum(variance * momentum**2) / 2 - ask(place)[0]

    end = leapfrog(lambda place: ask(place)[1], q, p, step, n, variance)
    change = energy(*end) - energy(q, p)
    moved = np.isfinite(change) and change < -np.log(u)
    place = end[0] if moved else q
    return place, ask(place)[0], moved
