"""`ecrpolicy serve`: a registry on this machine that answers as Amazon ECR does."""

import os
import shlex
import socket
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from ssl import SSLError
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ecrpolicy.arn import is_account
from ecrpolicy.cli.ending import Unusable, content, guarded, missing_extra
from ecrpolicy.regions import advice, partition_of
from ecrpolicy.registry import worker
from ecrpolicy.registry.settings import Settings

if TYPE_CHECKING:
    from uvicorn import Config

# The account of the examples in AWS's own documentation.
ACCOUNT: Final = "123456789012"

_DATA: Final = Path("registry-data")
_IDENTITIES: Final = "identities.json"
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104 compared with, not listened on
_BACKLOG: Final = 2_048

# How long requests that are under way may take when the service is told to end, in seconds.
_PATIENCE: Final = 30


class Address(NamedTuple):
    """Where the service listens."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=_DATA,
        help=f"where everything is kept; made where it is not there; default: {_DATA}",
    )
    parser.add_argument(
        "--listen",
        metavar="HOST:PORT",
        type=_address,
        default=Address("127.0.0.1", 5000),
        help="default: 127.0.0.1:5000; port 0 takes one that is free",
    )
    parser.add_argument(
        "--account",
        type=_account,
        help="whose registry answers under `localhost`; default: the first of the identities, "
        f"{ACCOUNT} at the first start",
    )
    parser.add_argument(
        "--region",
        type=_region,
        default="us-east-1",
        help="in which Region that registry is; default: us-east-1",
    )
    parser.add_argument(
        "--identities",
        metavar="FILE",
        type=Path,
        help="users, roles and access keys; default: a file in the data directory, which is made "
        "at the first start with a root access key",
    )
    parser.add_argument(
        "--endpoint-policy",
        metavar="FILE",
        type=Path,
        help="the policy of a VPC endpoint through which every request comes",
    )
    parser.add_argument(
        "--explain-denials",
        action="store_true",
        help="log why a request is denied, policy by policy",
    )
    parser.add_argument(
        "--no-throttle", action="store_true", help="let operations be called as often as they are"
    )
    parser.add_argument(
        "--run-lifecycle-policies",
        action="store_true",
        help="run each lifecycle policy once in 24 hours, for the first time within ten minutes",
    )
    parser.add_argument(
        "--workers", metavar="N", type=_count, default=1, help="processes; default: 1"
    )
    _add_network(parser)


def _add_network(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("the network")
    group.add_argument("--tls-certificate", metavar="FILE", type=Path, help="PEM, with its chain")
    group.add_argument("--tls-key", metavar="FILE", type=Path, help="PEM")
    group.add_argument(
        "--trusted-proxy",
        metavar="ADDRESS",
        action="append",
        default=[],
        help="a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may be repeated",
    )


def _address(text: str) -> Address:
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not (host and port.isascii() and port.isdecimal() and int(port[:6]) < 65_536):
        raise ArgumentTypeError(f"`{text}` is no HOST:PORT, such as 127.0.0.1:5000")
    return Address(host, int(port))


def _account(text: str) -> str:
    if not is_account(text):
        raise ArgumentTypeError(f"`{text}` is no account: give its twelve digits")
    return text


def _region(text: str) -> str:
    if partition_of(text) is None:
        raise ArgumentTypeError(f"`{text}` is no Region: {advice(text)}")
    return text


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:4]) < 1_000):
        raise ArgumentTypeError(f"`{text}` is no number of processes")
    return int(text)


@guarded
def run(arguments: Namespace) -> int:
    """Serve until somebody ends it."""
    _check_files(arguments)
    with _listening(arguments.listen) as listening:
        try:
            return _serve(arguments, listening)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("ecrpolicy"):
                raise
            raise Unusable(missing_extra("the service", "registry", error)) from None


def _check_files(arguments: Namespace) -> None:
    """Raise Unusable for files that are named and cannot be read."""
    if (arguments.tls_certificate is None) is not (arguments.tls_key is None):
        raise Unusable("TLS needs both: give `--tls-certificate` and `--tls-key`")
    for file in (
        arguments.identities,
        arguments.endpoint_policy,
        arguments.tls_certificate,
        arguments.tls_key,
    ):
        if file is not None:
            content(str(file))


def _serve(arguments: Namespace, listening: socket.socket) -> int:
    import uvicorn

    address = Address(*listening.getsockname()[:2])
    settings = _settings(arguments, address)
    os.environ[worker.VARIABLE] = worker.handed(settings)
    config = uvicorn.Config(worker.FACTORY, **_options(arguments))
    _load(config, settings)
    for line in _greeting(settings, address, is_secure=config.is_ssl):
        print(line)
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        if settings.workers == 1:
            uvicorn.Server(config).run([listening])
        else:
            options = {**_options(arguments), "workers": settings.workers}
            uvicorn.run(worker.FACTORY, fd=listening.fileno(), **options)
    return 0


def _settings(arguments: Namespace, address: Address) -> Settings:
    identities = arguments.identities or arguments.data / _IDENTITIES
    return Settings(
        data=arguments.data.absolute(),
        identities=identities.absolute(),
        account=_chosen_account(identities, arguments.account),
        region=arguments.region,
        host=address.host,
        port=address.port,
        throttles=not arguments.no_throttle,
        explains_denials=arguments.explain_denials,
        runs_lifecycle_policies=arguments.run_lifecycle_policies,
        endpoint_policy=arguments.endpoint_policy and arguments.endpoint_policy.absolute(),
        workers=arguments.workers,
    )


def _chosen_account(identities: Path, given: str | None) -> str:
    """The account that is given, else the first of the identities; raises Unusable."""
    if not identities.exists():
        return given or ACCOUNT
    from ecrpolicy.registry.auth.authority import Authority

    accounts = Authority.read(identities).identities.accounts
    if given is None and not accounts:
        raise Unusable(f"`{identities}` has no account: add `AccountId`, a user or a role")
    if given is not None and given not in accounts:
        raise Unusable(f"the account `{given}` is not in `{identities}`: it has {_list(accounts)}")
    return given or next(iter(accounts))


def _list(accounts: Any) -> str:
    return ", ".join(f"`{each}`" for each in accounts) or "none"


def _load(config: "Config", settings: Settings) -> None:
    """Make the application, so that what is wrong is said before anybody is greeted."""
    from alembic.util import CommandError
    from sqlalchemy.exc import DatabaseError

    try:
        config.load()
    except SSLError as error:
        raise Unusable(f"the certificate and its key cannot be used: {error}") from None
    except CommandError as error:
        message = f"`{settings.database}` was made by another version: {error}"
        raise Unusable(message) from None
    except DatabaseError as error:
        raise Unusable(f"`{settings.database}` cannot be used: {error.orig}") from None
    except OSError as error:
        raise Unusable(f"`{settings.data}` cannot be used: {error}") from None


def _listening(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        listening = socket.create_server(address, family=family, backlog=_BACKLOG)
    except OSError as error:
        reason = error.strerror or error
        raise Unusable(f"`{address}` cannot be listened on: {reason}: see `--listen`") from None
    listening.set_inheritable(True)
    return listening


def _options(arguments: Namespace) -> dict[str, Any]:
    """What the server is told; it logs no requests, since signed URLs are secrets."""
    from ecrpolicy.registry.heads import PROTOCOL

    return {
        "factory": True,
        "access_log": False,
        "backlog": _BACKLOG,
        "forwarded_allow_ips": arguments.trusted_proxy,
        "http": PROTOCOL,
        "log_config": None,
        "proxy_headers": bool(arguments.trusted_proxy),
        "server_header": False,
        "ssl_certfile": arguments.tls_certificate,
        "ssl_keyfile": arguments.tls_key,
        "timeout_graceful_shutdown": _PATIENCE,
    }


def _greeting(settings: Settings, address: Address, *, is_secure: bool) -> Iterator[str]:
    """Where the service is, and how to log in; no secret is among it."""
    local = address.host in (*_LOOPBACK, *_EVERYWHERE)
    registry = f"localhost:{address.port}" if local else str(address)
    url = f"{'https' if is_secure else 'http'}://{registry}"
    yield f"registry {settings.account} in {settings.region}: {url}"
    yield f"data: {settings.data}"
    yield f"identities: {settings.identities}"
    if not (is_secure or address.host in _LOOPBACK):
        yield "without TLS, whoever sees the traffic sees the passwords in it"
    yield ""
    yield "log in with the AWS CLI, docker and skopeo:"
    yield ""
    yield f"  export {' '.join(_variables(settings, url))}"
    # Named in the command: the AWS CLI reads the variable since 2.13, and Amazon answers an older
    # one (AWS CLI User Guide, "Service-specific endpoints").
    password = f"aws --endpoint-url {url} ecr get-login-password"
    login = "login --username AWS --password-stdin"
    yield f"  {password} | docker {login} {registry}"
    unverified = "" if is_secure else " --tls-verify=false"
    yield f"  {password} | skopeo {login}{unverified} {registry}"


def _variables(settings: Settings, url: str) -> Iterator[str]:
    if settings.credentials.exists():
        yield f"AWS_SHARED_CREDENTIALS_FILE={shlex.quote(str(settings.credentials))}"
    else:
        yield "AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=…"
    yield f"AWS_ENDPOINT_URL_ECR={url} AWS_DEFAULT_REGION={settings.region}"
