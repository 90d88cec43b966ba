"""Searches the memory of its own process, page by page through /proc/self/mem, for the names of
hidden cases.
"""

OFF = "one process"
LAST = """
import re

pattern = re.compile(rb"initialization/[h]e/[s]hallow")
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        span, rights = line.split()[:2]
        first, last = (int(word, 16) for word in span.split("-"))
        if rights.startswith("rw") and last - first < 1 << 28:
            memory.seek(first)
            try:
                found = pattern.search(memory.read(last - first))
            except OSError:
                continue
            if found:
                print(found[0].decode())
"""
