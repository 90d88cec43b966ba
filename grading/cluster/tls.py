"""TLS to a cluster: three files, named on the command line as `dask scheduler` and `dask worker` have them."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grading.errors import NoCertificate, TlsIncomplete

FILES = {"ca-file": "whom to trust", "cert": "this side's certificate", "key": "its key"}


@dataclass(frozen=True)
class Certificates:
    """The three files of TLS, in PEM format: who is trusted, and who this is."""

    ca_file: Path
    cert: Path
    key: Path

    def security(self) -> Any:
        """For `distributed`; NoCertificate when a file cannot be read, or holds something else."""
        from distributed import Security  # not needed by who grades on one machine

        for path in (self.ca_file, self.cert, self.key):
            try:
                content = path.read_text()
            except (OSError, UnicodeDecodeError) as error:
                raise NoCertificate(path, f"it cannot be read ({error})") from None
            if "-----BEGIN " not in content:
                raise NoCertificate(path, "it holds no certificate and no key")
        return Security(
            tls_ca_file=f"{self.ca_file}", tls_client_cert=f"{self.cert}", tls_client_key=f"{self.key}",
            require_encryption=True,
        )  # fmt: skip


def add_tls_options(parser: argparse.ArgumentParser) -> None:
    for name, words in FILES.items():
        parser.add_argument(
            f"--tls-{name}", type=Path, metavar="FILE", help=f"for tls:// addresses: {words}"
        )


def read_certificates(options: argparse.Namespace) -> Certificates | None:
    """The files that were named, None where none was; TlsIncomplete where some are missing, or the address is not for TLS."""
    files = {f"--tls-{name}": getattr(options, f"tls_{name.replace('-', '_')}") for name in FILES}
    if not any(files.values()):
        return None
    if not all(files.values()) or not options.scheduler.startswith("tls://"):
        raise TlsIncomplete(options.scheduler, [name for name, path in files.items() if not path])
    return Certificates(*files.values())
