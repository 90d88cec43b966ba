"""The settings of a cluster."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from grading.errors import BadSetting


@dataclass(frozen=True)
class Settings:
    """c.Cluster in nbgrader_config.py. Times in seconds.

    patience: how long to wait for a scheduler or a worker when there is none
    silence: how long a worker may be silent before it counts as gone
    """

    patience: float = 300
    silence: float = 60

    @classmethod
    def read(cls, config: Mapping[str, Any]) -> "Settings":
        """From the section of nbgrader_config.py; BadSetting for one that cannot be used."""
        known = [field.name for field in fields(cls)]
        for name, value in config.items():
            if name not in known:
                raise BadSetting(f"c.Cluster.{name}", value, f"one of {', '.join(known)}")
            if type(value) not in (int, float) or not value > 0:
                raise BadSetting(f"c.Cluster.{name}", value, "a number of seconds")
        return cls(**config)
