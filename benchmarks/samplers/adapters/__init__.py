"""One sampler a file, each behind `prepare(target, chains, variant)`; see `run.py`."""
