"""Repository creation templates."""

from collections.abc import Sequence
from typing import Any

from ecrpolicy import caching
from ecrpolicy.document.shape import parameter_path
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.registry.ecr_api import lifecycle, repository_policies
from ecrpolicy.registry.ecr_api.errors import refusal_of
from ecrpolicy.registry.ecr_api.operation import Call, Json, Operation, of_registry
from ecrpolicy.registry.ecr_api.paging import not_paged, page, with_token
from ecrpolicy.registry.ecr_api.prefixed import read, stored
from ecrpolicy.registry.metadata.registries import CREATION_TEMPLATES
from ecrpolicy.registry.place import Place
from ecrpolicy.registry.refusal import Refusal

# "Create an IAM role for repository creation templates": whom the role must trust.
_TAKES_ROLES = "ecr.amazonaws.com"


def _create(call: Call, request: Json) -> Json:
    place = call.place
    template = {**request, "createdAt": call.now, "updatedAt": call.now}
    _check_policies(request)
    with call.service.database.writing() as connection:
        same = CREATION_TEMPLATES.find(connection, place, request["prefix"])
        _check([each for each in (same, request) if each is not None])
        CREATION_TEMPLATES.store(connection, place, request["prefix"], stored(template))
    return _told(call, template)


def _check_policies(request: Json) -> None:
    """Raise Refusal for a policy that could not be put to a repository; an empty one is none."""
    for name, check in (
        ("repositoryPolicy", repository_policies.checked),
        ("lifecyclePolicy", lifecycle.checked),
    ):
        if request.get(name):
            check(request[name], name)


def _check(templates: list[Json]) -> None:
    try:
        caching.parse_templates(templates)
    except InvalidPolicy as error:
        raise refusal_of(error, _member_of(error)) from None


def _member_of(error: InvalidPolicy) -> str:
    """Which member the first finding is about: of two templates of one name, it is the name."""
    return parameter_path(error.findings[0].location.pointer) or "prefix"


def _update(call: Call, request: Json) -> Json:
    place = call.place
    _check_policies(request)
    with call.service.database.writing() as connection:
        found = CREATION_TEMPLATES.find(connection, place, request["prefix"])
        template = {**_required(found, place, request), **request, "updatedAt": call.now}
        _check([stored(template)])
        CREATION_TEMPLATES.store(connection, place, request["prefix"], stored(template))
    return _told(call, template)


def _describe(call: Call, request: Json) -> Json:
    """A prefix that no template has is passed over: the operation knows no error for it."""
    place, prefixes = call.place, request.get("prefixes")
    with call.service.database.reading() as connection:
        if prefixes is not None:
            not_paged(request, "prefixes")
            named = (CREATION_TEMPLATES.find(connection, place, each) for each in prefixes)
            return _listed(place, [each for each in named if each is not None])
        templates, following = page(
            call,
            "creation templates",
            request,
            lambda last, limit: CREATION_TEMPLATES.after(connection, place, last, limit),
            lambda template: template["prefix"],
        )
    return with_token(_listed(place, templates), following)


def _listed(place: Place, templates: Sequence[Json]) -> dict[str, Any]:
    return {
        "registryId": place.account,
        "repositoryCreationTemplates": [read(each) for each in templates],
    }


def _delete(call: Call, request: Json) -> Json:
    place = call.place
    with call.service.database.writing() as connection:
        found = CREATION_TEMPLATES.find(connection, place, request["prefix"])
        template = _required(found, place, request)
        CREATION_TEMPLATES.remove(connection, place, request["prefix"])
    return _told(call, template)


def _required(template: Json | None, place: Place, asked: Json) -> Json:
    if template is None:
        raise Refusal(
            "TemplateNotFoundException",
            f"The repository creation template with prefix '{asked['prefix']}' does not exist in "
            f"the registry with id '{place.account}'",
        )
    return template


def _told(call: Call, template: Json) -> Json:
    return {"registryId": call.place.account, "repositoryCreationTemplate": read(template)}


OPERATIONS = (
    Operation("CreateRepositoryCreationTemplate", _create, of_registry, passes_to=_TAKES_ROLES),
    Operation("DescribeRepositoryCreationTemplates", _describe, of_registry),
    Operation("UpdateRepositoryCreationTemplate", _update, of_registry, passes_to=_TAKES_ROLES),
    Operation("DeleteRepositoryCreationTemplate", _delete, of_registry),
)
