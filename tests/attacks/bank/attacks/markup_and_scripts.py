"""Pages, pictures and formulas that would run a script where the outputs are read."""

from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display

_script = "<script>document.title='PWNED-@TOKEN@'</script><img src=x onerror=alert('PWNED')>"
display(HTML(_script), Javascript("alert('PWNED')"), Markdown(_script), Latex(_script))
display(HTML(f"<table><tr><td onclick='PWNED()'>{_script}<a href='javascript:PWNED()'>a</a></table>"))
display(SVG(f"<svg xmlns='http://www.w3.org/2000/svg' onload='PWNED()'>{_script}</svg>"))
display({"application/vnd.jupyter.widget-view+json": {"model_id": "a"}, "text/plain": _script}, raw=True)
print(_script)


def tf_log_like(x, y, m, b, s):
    raise ValueError(_script + "</pre></td></table><script>PWNED()</script>")
