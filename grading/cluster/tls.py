"""TLS to a cluster: three files, under the options that `dask scheduler` and `dask worker` have."""

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
        """As `distributed` wants it; NoCertificate when a file cannot be read, or holds no PEM."""
        from distributed import Security  # not needed to grade on one machine

        for path in (self.ca_file, self.cert, self.key):
            try:
                content = path.read_text()
            except (OSError, UnicodeDecodeError) as error:
                raise NoCertificate(path, f"it cannot be read ({error})") from None
            if "-----BEGIN " not in content:
                raise NoCertificate(path, "it holds no certificate and no key")
        return Security(
            tls_ca_file=str(self.ca_file),
            tls_client_cert=str(self.cert),
            tls_client_key=str(self.key),
            require_encryption=True,
        )


def add_tls_options(parser: argparse.ArgumentParser) -> None:
    for name, purpose in FILES.items():
        help_text = f"for tls:// addresses: {purpose}"
        parser.add_argument(f"--tls-{name}", type=Path, metavar="FILE", help=help_text)


def read_certificates(options: argparse.Namespace) -> Certificates | None:
    """The files that were named, None where none was.

    TlsIncomplete where some are missing, or the scheduler's address is not one for TLS.
    """
    files = {f"--tls-{name}": getattr(options, f"tls_{name.replace('-', '_')}") for name in FILES}
    if not any(files.values()):
        return None
    if not all(files.values()) or not options.scheduler.startswith("tls://"):
        raise TlsIncomplete(options.scheduler, [name for name, path in files.items() if not path])
    return Certificates(*files.values())
