"""Each parameter flies alone, with the others at rest: a force that they share is missed."""


def leapfrog(gradient, q, p, step, n, variance):
    end_q, end_p = np.array(q, dtype=float), np.array(p, dtype=float)
    for i in range(len(q)):
        place, momentum = np.array(q, dtype=float), p[i]
        slope = gradient(place)[i]
        for _ in range(n):
            momentum = momentum + 0.5 * step * slope
            place[i] = place[i] + step * variance[i] * momentum
            slope = gradient(place)[i]
            momentum = momentum + 0.5 * step * slope
        end_q[i], end_p[i] = place[i], momentum
    return end_q, end_p
