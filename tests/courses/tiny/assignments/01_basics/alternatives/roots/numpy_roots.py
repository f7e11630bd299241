def roots(a, b, c):
    if not a:
        return None
    found = np.sort_complex(np.roots([a, b, c]))
    return [np.bool_(b**2 >= 4 * a * c), found]
