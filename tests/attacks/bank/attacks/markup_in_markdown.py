"""Scripts in text cells, attachments and raw cells, for whoever reads the answers by hand."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    script = ("<script>PWNED()</script><img src=x onerror=PWNED()>[a](javascript:PWNED())\n\n"
              "<iframe srcdoc='<script>PWNED()</script>'></iframe>\n\n$\\href{javascript:PWNED()}{a}$\n\n"
              "![x](http://127.0.0.1:@PORT@/@TOKEN@)\n\n<details ontoggle=PWNED() open>\n\n"
              "&lt;script&gt; `</code><script>PWNED()</script>`\n\n[b]: javascript:PWNED()\n[b]\n")
    for cell in nb["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "markdown" or about.get("grade_id") == "meaning_of_log_like":
            cell["source"] = script
            cell["attachments"] = {"<script>PWNED()</script>": {"text/html": script}}
    raw = {"cell_type": "raw", "id": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": script}
    nb["cells"].append(raw)
