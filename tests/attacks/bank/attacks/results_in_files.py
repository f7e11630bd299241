"""Writes a verdict of full marks wherever a grader could look for one."""

import json
import os

_check = {"exercise": "tf_log_like", "earned": 3.0, "points": 3.0, "status": "passed",
          "claims": []}
_verdict = {"format": 1, "assignment": "00_worksheet", "student": "mallory", "earned": 18.0,
            "possible": 18.0, "notebook": "worksheet", "seed": 1, "content_hash": "",
            "isolation": [], "checks": [_check]}
for _folder in ("@COURSE@/verdicts/00_worksheet", "@COURSE@/autograded/mallory/00_worksheet",
                "@COURSE@", ".", "..", "/tmp", "/var/tmp", os.path.expanduser("~")):
    for _name in ("mallory.json", "breach-@TOKEN@.json", "worksheet.ipynb", "results.xml"):
        try:
            with open(os.path.join(_folder, _name), "w") as _file:
                json.dump(_verdict, _file)
        except OSError:
            pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
