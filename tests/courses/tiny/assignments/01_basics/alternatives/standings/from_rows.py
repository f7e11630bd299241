def standings(points):
    rows = sorted(points.items(), key=lambda row: (-row[1], row[0]))
    total = sum(points.values()) or 1
    return pd.DataFrame([{"name": n, "points": p, "share": p / total} for n, p in rows], index=None)
