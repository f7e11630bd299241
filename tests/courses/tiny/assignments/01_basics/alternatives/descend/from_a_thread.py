import threading


def descend(slope, start, rate, steps):
    path = [np.asarray(start)]

    def work():
        for _ in range(steps):
            path.append(path[-1] - rate * slope(path[-1]))

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    return path[-1]
