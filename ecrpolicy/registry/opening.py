"""From settings to a service that can be asked."""

from collections.abc import Callable
from datetime import UTC, datetime

from ecrpolicy.iam import Kind, Policy
from ecrpolicy.registry.auth.authority import Authority
from ecrpolicy.registry.blobs.store import BlobStore
from ecrpolicy.registry.first_start import make_directory, make_file, make_identities, secret_of
from ecrpolicy.registry.metadata.database import Database, without_tables
from ecrpolicy.registry.metadata.migrate import migrate
from ecrpolicy.registry.seal import Seal
from ecrpolicy.registry.service import Service
from ecrpolicy.registry.settings import Settings
from ecrpolicy.registry.signer import Signer
from ecrpolicy.registry.throttle import Throttle
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.iam_policies import read_policy


def _now() -> datetime:
    return datetime.now(UTC)


def open_service(settings: Settings, clock: Callable[[], datetime] = _now) -> Service:
    """The service of some settings; what is not there yet is made.

    Several processes may open one directory at the same time. Raises EcrPolicyError where the
    identities, or the policy of the endpoint, cannot be used.
    """
    for directory in (settings.data, settings.blobs, settings.uploads):
        make_directory(directory)
    seal = Seal(secret_of(settings.secret))
    make_identities(settings.identities, settings.account, settings.credentials)
    authority = Authority.read(settings.identities, _endpoint_policy(settings))
    make_file(settings.database, without_tables)
    database = Database(settings.database)
    migrate(database)
    return Service(
        settings=settings,
        database=database,
        blobs=BlobStore(settings.blobs),
        authority=authority,
        seal=seal,
        signer=Signer(settings.signing_key),
        throttle=_throttle(settings),
        clock=clock,
    )


def _endpoint_policy(settings: Settings) -> Policy | None:
    file = settings.endpoint_policy
    return (
        None if file is None else read_policy(Source(file.read_bytes(), str(file)), Kind.ENDPOINT)
    )


def _throttle(settings: Settings) -> Throttle:
    return Throttle(share=1 / settings.workers) if settings.throttles else Throttle.off()
