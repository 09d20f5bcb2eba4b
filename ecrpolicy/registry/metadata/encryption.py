"""How a repository is encrypted, as it is stored and shown.

Nothing is encrypted here: what is asked for is checked, and told.
"""

from ecrpolicy.caching import EncryptionType
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal


def encryption(place: Place, kind: EncryptionType, key: str | None) -> dict[str, str]:
    """The API's `EncryptionConfiguration`; a key is told by its ARN.

    `key` is an id, an alias or an ARN; without one, it is AWS's own for Amazon ECR. Raises Refusal
    for a key of another Region (Amazon ECR User Guide, "Encryption at rest").
    """
    if kind is EncryptionType.AES256:
        return {"encryptionType": kind.value}
    return {"encryptionType": kind.value, "kmsKey": _arn(place, key or "alias/aws/ecr")}


def _arn(place: Place, key: str) -> str:
    here = f"arn:{place.partition}:kms:{place.region}:"
    if not key.startswith("arn:"):
        kind = "" if key.startswith("alias/") else "key/"
        return f"{here}{place.account}:{kind}{key}"
    if not key.startswith(here):
        raise Refusal(
            "KmsException",
            f"The key '{key}' is not in the Region '{place.region}' of the repository",
            fields={"kmsError": "NotFoundException"},
        )
    return key
