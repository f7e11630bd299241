"""Reads from address zero while a module of its own is imported."""

import sys

with open("/tmp/falls.py", "w") as _file:
    _file.write("import ctypes\nctypes.string_at(0)\n")
sys.path.insert(0, "/tmp")
import falls
