"""Notebooks that other people wrote: asserts in test cells, no claims, no `.nb.py`."""
