def sieve(size):
    prime = np.ones(size, dtype=bool)
    prime[:2] = False
    for n in range(2, size):
        if prime[n]:
            prime[n * n :: n] = False
    primes = np.flatnonzero(prime).astype(np.int32)
    return prime.tolist(), primes, tuple(math.factorial(int(n)) for n in primes)
