import collections


def report_card(name, marks):
    ordered = np.sort(marks)
    return collections.OrderedDict(
        verdict="passed" if np.mean(marks) >= 10 else "failed",
        worst=ordered[0],
        best=ordered[-1],
        name=name,
        note="more than was asked for",
    )
