"""What a seccomp program answers to a system call: an interpreter of the kernel's filter language.

It runs the program of any machine on this one. Codes and layout are from <linux/filter.h> and
<linux/seccomp.h>.
"""

import struct

ALLOW, ERRNO = 0x7FFF0000, 0x00050000
LOAD, AND, JUMP, RETURN = 0x20, 0x54, 0x05, 0x06
COMPARISONS = {
    0x15: lambda a, b: a == b,
    0x25: lambda a, b: a > b,
    0x35: lambda a, b: a >= b,
    0x45: lambda a, b: a & b != 0,
}


def answer(program, machine, number, arguments=()):
    """0 when the call is allowed, else the error number that it is answered with.

    machine: number of the architecture, as the kernel names it
    """
    padded = [*arguments, *[0] * (6 - len(arguments))]
    about_call = struct.pack("<iIQ6Q", number, machine, 0, *padded)
    instructions = list(struct.iter_unpack("<HBBI", program))
    at, value = 0, 0
    while True:
        code, if_true, if_false, constant = instructions[at]
        at += 1
        if code == LOAD:
            (value,) = struct.unpack_from("<I", about_call, constant)
        elif code == AND:
            value &= constant
        elif code == JUMP:
            at += constant
        elif code in COMPARISONS:
            at += if_true if COMPARISONS[code](value, constant) else if_false
        elif code == RETURN:
            return _meaning(constant)
        else:
            raise NotImplementedError(f"instruction {code:#x}")


def _meaning(action):
    if action == ALLOW:
        return 0
    assert action & 0xFFFF0000 == ERRNO, f"action {action:#x}"
    return action & 0xFFFF
