"""References to images, as workloads name them: registry, repository, tag, digest."""

import re
from dataclasses import dataclass
from typing import Final

DOCKER_HUB: Final = "docker.io"
"""The registry of a reference that names none, where containers are run."""

_REFERENCE: Final = re.compile(
    r"(?P<name>(?:(?:[\w.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]+)?/)?[\w.-]+(?:/[\w.-]+)*)"
    r"(?::(?P<tag>[\w.-]+))?(?:@(?P<digest>sha256:[0-9a-fA-F]{64}))?",
    re.ASCII,
)
_DIGEST: Final = re.compile(r"sha256:[0-9a-fA-F]{64}")
_SCHEME: Final = re.compile(r"[a-z-]+://")
# Amazon ECR User Guide, "Amazon ECR private registry"; with FIPS and dual-stack endpoints.
_ECR: Final = re.compile(
    r"(?P<account>[0-9]{12})\.dkr[.-]ecr(?:-fips)?\.(?P<region>[a-z0-9-]+)\.[a-z0-9.-]+"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: `host` is None where it names no registry, `tag` where it has a digest alone.

    `account` and `region` are those of a registry of Amazon ECR, None for others. A digest by
    itself has no `repository`. `user` says who refers.
    """

    text: str
    host: str | None
    repository: str | None
    tag: str | None = None
    digest: str | None = None
    account: str | None = None
    region: str | None = None
    user: str | None = None

    @classmethod
    def read(
        cls, text: str, *, user: str | None = None, host: str | None = None
    ) -> "Reference | None":
        """The reference of a text, None where it is none; `host`: the registry if it names none.

        >>> Reference.read("111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:v1").repository
        'team/app'
        >>> Reference.read("team/app").tag
        'latest'
        """
        stripped = _SCHEME.sub("", text.strip(), count=1)
        if _DIGEST.fullmatch(stripped):
            return cls(text, None, None, digest=stripped.lower(), user=user)
        found = _REFERENCE.fullmatch(stripped)
        if found is None or not stripped.isprintable():
            return None
        named, repository = _split(found["name"])
        registry = _ECR.fullmatch(named or "")
        digest = found["digest"]
        return cls(
            text=text,
            host=named or host,
            repository=repository,
            tag=found["tag"] or (None if digest else "latest"),
            digest=digest.lower() if digest else None,
            account=registry["account"] if registry else None,
            region=registry["region"] if registry else None,
            user=user,
        )


def _split(name: str) -> tuple[str | None, str]:
    """The host of a name, if its first part is one, and the rest."""
    first, slash, rest = name.partition("/")
    is_host = slash and ("." in first or ":" in first or first == "localhost")
    return (first.lower(), rest) if is_host else (None, name)
