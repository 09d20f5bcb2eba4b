"""What a registry service is started with."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are kept, who owns the default registry, and what is switched on.

    `data` is a directory: the database, the blobs, unfinished uploads and the secrets of the
    service are in it. `identities` is the file of users, roles and access keys. `account` and
    `region` are those of the default registry, which answers under plain `localhost`.
    `endpoint_policy` is the file of the policy of a VPC endpoint through which every request
    comes; `workers` is how many processes share the work.
    """

    data: Path
    identities: Path
    account: str
    region: str = "us-east-1"
    host: str = "127.0.0.1"
    port: int = 5000
    throttles: bool = True
    explains_denials: bool = False
    runs_lifecycle_policies: bool = False
    endpoint_policy: Path | None = None
    workers: int = 1

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.data / "registry.sqlite"

    @property
    def blobs(self) -> Path:
        """The directory of finished blobs."""
        return self.data / "blobs"

    @property
    def uploads(self) -> Path:
        """The directory of unfinished uploads."""
        return self.data / "uploads"

    @property
    def secret(self) -> Path:
        """The file of the key that tokens and pages are signed with."""
        return self.data / "secret"

    @property
    def signing_key(self) -> Path:
        """The file of the key that manifests of schema 1 are signed with."""
        return self.data / "signing-key.pem"

    @property
    def credentials(self) -> Path:
        """The file of the root access key that was made at the first start, for the AWS CLI."""
        return self.data / "credentials"
