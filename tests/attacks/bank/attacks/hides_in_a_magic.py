"""A name that only a magic's line binds or reads, and a definition in a string that a magic runs."""

get_ipython().run_cell_magic("capture", "", "hidden = 3.0")
get_ipython().run_line_magic("time", "helper = 2.0")
get_ipython().run_line_magic("config", "InteractiveShell.ast_node_interactivity = 'all'")


def tf_log_like(x, y, m, b, s):
    return tf.constant(helper + hidden, tf.float64)
