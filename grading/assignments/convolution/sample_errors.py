"""Sample errors of the assignment on convolution: see `grading.authoring.sample_class`."""

SAMPLE_ERRORS = {
    "zero_pad": [
        ("((0, 0), (pad, pad), (pad, pad), (0, 0))", "pad"),
        ("(pad, pad), (pad, pad), (0, 0)", "(0, 0), (pad, pad), (pad, pad)"),
    ],
    "conv_single_step": [
        (" + b.item()", ""),
        ("b.item()", "float(b)"),
    ],
    "conv_forward": [
        ("top, left = h * stride, w * stride", "top, left = h, w"),
        ("b[..., c]", "b[..., 0]"),
    ],
    "pool_forward": [
        ("top, left = h * stride, w * stride", "top, left = h, w"),
        ("left:left + f, c]", "left:left + f, :]"),
    ],
    "conv_backward": [
        ("da_slice += W", "da_slice[:] = W"),
        ("top, left = h * stride, w * stride", "top, left = h, w"),
    ],
    "create_mask_from_window": [
        ("np.max(x)", "np.max(x, axis=0)"),
        ("x == np.max(x)", "x > np.mean(x)"),
    ],
    "distribute_value": [
        ("(n_H * n_W)", "n_H"),
        ("dz / (n_H * n_W)", "dz"),
    ],
    "pool_backward": [
        ("left:left + f, c] += share", "left:left + f, c] = share"),
        ("top, left = h * stride, w * stride", "top, left = h, w"),
    ],
}
