"""Brings pictures in its outputs and attachments that are nothing until they are decoded."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def notebook(nb):
    import base64
    import struct
    import zlib

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    size = 3999
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0))
    png += chunk(b"IDAT", zlib.compress(bytes(((size + 7) // 8 + 1) * size), 9)) + chunk(b"IEND", b"")
    data = {"image/png": base64.b64encode(png).decode()}
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}] * 30
        else:
            cell["attachments"] = {f"{k}.png": data for k in range(10)}
