"""Sample errors of the assignment on optimization: see `grading.authoring.sample_class`."""

SAMPLE_ERRORS = {
    "update_parameters_with_gd": [
        ("W - learning_rate", "W + learning_rate"),
        ("range(1, L + 1)", "range(1, L)"),
    ],
    "random_mini_batches": [
        ("Y[:, permutation]", "Y"),
        ("range(0, m, mini_batch_size)", "range(0, m - mini_batch_size + 1, mini_batch_size)"),
    ],
    "initialize_velocity": [
        ('np.zeros(parameters["b"', 'np.zeros(parameters["W"'),
        ("range(1, L + 1)", "range(1, L)"),
    ],
    "update_parameters_with_momentum": [
        ("(1 - beta) * grads[d]", "grads[d]"),
        ("learning_rate * v[d]", "learning_rate * grads[d]"),
    ],
    "initialize_adam": [
        ('s["d" + name] = np.zeros', 's["d" + name] = np.ones'),
        ("range(1, L + 1)", "range(1, L)"),
    ],
    "update_parameters_with_adam": [
        ("(np.sqrt(s_corrected[d]) + epsilon)", "np.sqrt(s_corrected[d] + epsilon)"),
        ("1 - beta2 ** t", "1 - beta2 ** 2"),
        ("beta2 * s[d]", "beta1 * s[d]"),
    ],
    "update_lr": [
        ("(1 + decay_rate * epoch_num)", "1 + decay_rate * epoch_num"),
        ("decay_rate * epoch_num", "decay_rate * (epoch_num + 1)"),
    ],
    "schedule_lr_decay": [
        ("np.floor(epoch_num / time_interval)", "epoch_num / time_interval"),
        ("np.floor(epoch_num", "np.round(epoch_num"),
    ],
}
