"""References of what runs, from the output of kubectl, the AWS CLI and Docker, or a plain list.

A file holds JSON documents, a table of Docker, or a reference on each line. What names no images
is refused, with what to give in its place: an image that is overlooked here would look unused.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NoReturn

from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.reference import DOCKER_HUB, Reference
from ecrpolicy.sources.files import Source, text_of, values
from ecrpolicy.wording import count

_Object = dict[str, Any]

# Where the pods of a workload are described.
_POD_SPECS: Final = {
    "Pod": ("spec",),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
    "PodTemplate": ("template", "spec"),
    **dict.fromkeys(
        ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"),
        ("spec", "template", "spec"),
    ),
}
_CONTAINERS: Final = ("containers", "initContainers", "ephemeralContainers")
_STATUSES: Final = ("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")

# What people hand over that has names alone, by a member that it has.
_NAMES_ALONE: Final = {
    "taskArns": ("aws ecs list-tasks", "`aws ecs describe-tasks` output for these tasks"),
    "taskDefinitionArns": (
        "aws ecs list-task-definitions",
        "`aws ecs describe-task-definition` output for each",
    ),
    "serviceArns": ("aws ecs list-services", "`aws ecs describe-task-definition` output for each"),
    "services": ("aws ecs describe-services", "`aws ecs describe-task-definition` output for each"),
}

_ADVICE: Final = (
    "give the output of `kubectl get pods -A -o json`, `aws ecs describe-tasks`, `aws lambda "
    "get-function` or `docker images --digests`, or a reference on each line"
)
_NONE: Final = "<none>"
_QUOTED: Final = re.compile(r"""(["'])[^"']+\1""")
# What Docker prints for an image whose tag has moved to another one, short or in full.
_ID: Final = re.compile(r"[0-9a-f]{12}|(?:sha256:)?[0-9a-f]{64}")
_NOWHERE: Final = Location()


def read_references(*sources: Source) -> tuple[Reference, ...]:
    """The references in some files, in their order.

    Raises InvalidSnapshot for what is none, for what cannot be read, and for lists that name no
    images or not all of them.
    """
    return tuple(reference for source in sources for reference in _of_source(source))


def _of_source(source: Source) -> list[Reference]:
    try:
        return list(_of_text(source))
    except InvalidSnapshot as error:
        placed = [_in_file(each, source.file) for each in error.findings]
        raise InvalidSnapshot(placed, error.left_out) from None


def _in_file(finding: Finding, file: str | None) -> Finding:
    return replace(finding, location=replace(finding.location, file=file))


def _of_text(source: Source) -> Iterator[Reference]:
    text = text_of(source)
    if text.lstrip()[:1] in ("{", "["):
        for _, value in values(source):
            yield from _document(value)
        return
    lines = text.splitlines()
    header = next((line for line in lines if line.strip()), "")
    if not header:
        _refuse("nothing here tells of images in use", _ADVICE)
    if header.startswith("CONTAINER ID"):
        yield from _containers(lines)
    elif header.startswith("REPOSITORY"):
        yield from _image_table(lines)
    else:
        yield from _plain(lines)


# Lines


def _plain(lines: Sequence[str]) -> Iterator[Reference]:
    """A reference on each line; what follows `#` is a remark."""
    for number, line in enumerate(lines, start=1):
        word = re.split(r"(?:^|\s)#", line)[0].strip()
        if not word:
            continue
        # As `jq` prints it without `-r`.
        reference = Reference.read(word[1:-1] if _QUOTED.fullmatch(word) else word)
        if reference is None:
            place = Location(line=number, column=line.index(word) + 1)
            _refuse(f"`{word}` is no reference to an image", _ADVICE, place)
        yield reference


def _containers(lines: Sequence[str]) -> Iterator[Reference]:
    """What `docker ps` prints: the image is the second column."""
    for row in _rows(lines):
        yield from _of_container(row.get("IMAGE", ""), f"container {row.get('NAMES') or '?'}")


def _of_container(image: object, user: str) -> Iterator[Reference]:
    """The image of a container on this machine: no registry knows the ID of an image."""
    if isinstance(image, str) and _ID.fullmatch(image):
        _refuse(
            f"`{image}` of {user} is an image's ID, which no registry knows",
            "give the output of `docker images --digests` too, and leave the container out",
        )
    yield from _read(image, user)


def _image_table(lines: Sequence[str]) -> Iterator[Reference]:
    """What `docker images` prints, with `--digests` or without."""
    for row in _rows(lines):
        yield from _of_docker_image(row.get("REPOSITORY"), row.get("TAG"), row.get("DIGEST"))


def _rows(lines: Sequence[str]) -> Iterator[dict[str, str]]:
    """The rows of a table whose columns stand below their headings, which have spaces in them."""
    header, *rows = [line for line in lines if line.strip()]
    columns = [(found.start(), found[0]) for found in re.finditer(r"\S+(?: \S+)*", header)]
    ends = [start for start, _ in columns[1:]] + [None]
    for row in rows:
        yield {
            name: row[start:end].strip() for (start, name), end in zip(columns, ends, strict=True)
        }


def _of_docker_image(repository: object, tag: object, digest: object) -> Iterator[Reference]:
    """An image of Docker's: by its digest where it has one, for its tag may have moved since."""
    if not isinstance(repository, str) or repository in ("", _NONE):
        return
    if isinstance(digest, str) and digest not in ("", _NONE):
        yield from _read(f"{repository}@{digest}", f"image {repository}")
    elif isinstance(tag, str) and tag not in ("", _NONE):
        yield from _read(f"{repository}:{tag}", f"image {repository}")


def _read(text: object, user: str) -> Iterator[Reference]:
    """A reference that a workload runs; one that names no registry is to Docker Hub."""
    if isinstance(text, str) and text.strip():
        reference = Reference.read(text, user=user, host=DOCKER_HUB)
        if reference is None:
            _refuse(f"`{text}` of {user} is no reference to an image", "correct it")
        yield reference


# Documents


def _document(value: Any) -> Iterator[Reference]:
    """The references of a document; raises InvalidSnapshot where it names no images."""
    if isinstance(value, list):
        for each in value:
            yield from _bare(each) if isinstance(each, str) else _document(each)
        return
    if not isinstance(value, dict):
        _refuse("nothing here tells of images in use", _ADVICE)
    _require_whole(value)
    for member, (command, advice) in _NAMES_ALONE.items():
        if member in value:
            _refuse(f"this is the output of `{command}`, which names no images", f"give {advice}")
    reader = _workload if _is_workload(value) else _reader(value)
    found = list(reader(value)) if reader else []
    if not found and (reader in _TELLING or reader is None) and not _is_empty(value):
        _refuse("nothing here tells of images in use", _ADVICE)
    yield from found


def _is_empty(value: _Object) -> bool:
    """Whether it is a list of nothing: where nothing runs, nothing is in use."""
    return any(value.get(member) == [] for member in ("items", "tasks"))


def _reader(value: _Object) -> Callable[[_Object], Iterator[Reference]] | None:
    """What reads a document, by a member that it has."""
    return next((reader for member, reader in _READERS if member in value), None)


def _require_whole(value: _Object) -> None:
    """A list that was cut off would make images look unused."""
    metadata = value.get("metadata")
    inner = metadata if isinstance(metadata, dict) else {}
    for holder, member in (
        (value, "nextToken"),
        (value, "NextToken"),
        (value, "NextMarker"),
        (inner, "continue"),
    ):
        if holder.get(member):
            _refuse(f"the list stops at a `{member}`: there is more", "list all of it")


def _bare(text: str) -> Iterator[Reference]:
    reference = Reference.read(text)
    if reference is None:
        _refuse(f"`{text}` is no reference to an image", _ADVICE)
    yield reference


def _items(value: _Object) -> Iterator[Reference]:
    """A list of Kubernetes: other objects than workloads may stand in it, but not they alone.

    What a list of one kind holds need not say the kind.
    """
    kind = str(value.get("kind", "")).removesuffix("List")
    items = [{"kind": kind, **item} for item in _objects(value, "items")]
    found = [list(_item(item)) for item in items]
    if items and not any(found):
        kinds = ", ".join(sorted({f"`{item['kind']}`" for item in items}))
        _refuse(f"nothing in this list runs images: it holds {kinds}", _ADVICE)
    for references in found:
        yield from references


def _item(item: _Object) -> Iterator[Reference]:
    if _is_workload(item):
        yield from _workload(item)
    else:
        for container in _containers_within(item):
            yield from _read(container.get("image"), _user(item))


def _containers_within(value: Any) -> Iterator[_Object]:
    """The containers in an object of a kind that others define, such as a rollout."""
    if isinstance(value, list):
        for each in value:
            yield from _containers_within(each)
    elif isinstance(value, dict):
        for member in _CONTAINERS:
            yield from _objects(value, member)
        # Workflows have one container, or a script in one, where others have lists.
        for member in ("container", "script"):
            if isinstance(value.get(member), dict):
                yield value[member]
        for each in value.values():
            yield from _containers_within(each)


def _functions(value: _Object) -> Iterator[Reference]:
    """What `list-functions` prints; it does not tell the images of functions made of them."""
    untold = []
    for function in _objects(value, "Functions"):
        found = list(_function(function))
        if not found and function.get("PackageType") == "Image":
            untold.append(str(function.get("FunctionName", "?")))
        yield from found
    if untold:
        _refuse(
            f"the images of {count(len(untold), 'function')} are not told, such as that of "
            f"`{untold[0]}`",
            "give `aws lambda get-function` output for each function of the package type `Image`",
        )


def _is_workload(value: _Object) -> bool:
    kind = value.get("kind")
    return isinstance(kind, str) and kind in _POD_SPECS


def _workload(value: _Object) -> Iterator[Reference]:
    """A workload of Kubernetes: what its pods shall run, and of a pod, what it does run."""
    user = _user(value)
    spec: Any = value
    for member in _POD_SPECS[value["kind"]]:
        spec = spec.get(member) if isinstance(spec, dict) else None
    for member in _CONTAINERS:
        for container in _objects(spec, member):
            yield from _read(container.get("image"), user)
    for volume in _objects(spec, "volumes"):
        mounted = volume.get("image")
        yield from _read(mounted.get("reference") if isinstance(mounted, dict) else None, user)
    for member in _STATUSES:
        for status in _objects(value.get("status"), member):
            running = status.get("imageID")
            # A digest by itself is that of the configuration, which no registry knows.
            if isinstance(running, str) and "@" in running:
                yield from _read(running, user)


def _user(value: _Object) -> str:
    metadata = value.get("metadata")
    named = metadata if isinstance(metadata, dict) else {}
    name = "/".join(str(named[part]) for part in ("namespace", "name") if part in named)
    return f"{str(value['kind']).lower()} {name or '?'}"


def _task_definition(value: _Object) -> Iterator[Reference]:
    definition = value["taskDefinition"]
    named = definition if isinstance(definition, dict) else {}
    user = f"task definition {named.get('family', '?')}:{named.get('revision', '?')}"
    for container in _objects(definition, "containerDefinitions"):
        yield from _read(container.get("image"), user)


def _tasks(value: _Object) -> Iterator[Reference]:
    failures = _objects(value, "failures")
    if failures:
        first = failures[0]
        _refuse(
            f"{count(len(failures), 'task')} could not be described, such as "
            f"`{first.get('arn', '?')}`: {first.get('reason', '?')}",
            "describe the tasks that run now",
        )
    for task in _objects(value, "tasks"):
        user = f"task {str(task.get('taskArn', '?')).rsplit('/', 1)[-1]}"
        for container in _objects(task, "containers"):
            image, digest = container.get("image"), container.get("imageDigest")
            if isinstance(image, str) and isinstance(digest, str) and "@" not in image:
                yield from _read(f"{image}@{digest}", user)
            yield from _read(image, user)


def _function(value: _Object) -> Iterator[Reference]:
    """A function of Lambda: it runs the digest that its reference was resolved to."""
    configuration, code = value.get("Configuration"), value.get("Code")
    named = configuration if isinstance(configuration, dict) else value
    user = f"function {named.get('FunctionName', '?')}"
    for holder in (code, value):
        if isinstance(holder, dict):
            yield from _read(holder.get("ResolvedImageUri"), user)
            yield from _read(holder.get("ImageUri"), user)


def _inspected(value: _Object) -> Iterator[Reference]:
    """An image of `docker image inspect`."""
    digests = value["RepoDigests"]
    for reference in digests if isinstance(digests, list) else ():
        yield from _read(reference, f"image {reference}")


def _listed_image(value: _Object) -> Iterator[Reference]:
    """A line of `docker images --format json`."""
    yield from _of_docker_image(value["Repository"], value.get("Tag"), value.get("Digest"))


def _listed_container(value: _Object) -> Iterator[Reference]:
    """A line of `docker ps --format json`, or a container of `docker inspect`."""
    configuration = value.get("Config")
    inspected = configuration.get("Image") if isinstance(configuration, dict) else None
    user = f"container {value.get('Names') or value.get('Name', '?')}"
    yield from _of_container(inspected or value["Image"], user)


# Of which every one that is whole tells of some image.
_TELLING: Final = (_items, _task_definition, _tasks, _workload)

_READERS: Final[tuple[tuple[str, Callable[[_Object], Iterator[Reference]]], ...]] = (
    ("items", _items),
    ("taskDefinition", _task_definition),
    ("tasks", _tasks),
    ("Functions", _functions),
    ("Code", _function),
    ("RepoDigests", _inspected),
    ("Repository", _listed_image),
    ("Image", _listed_container),
)


def _objects(value: Any, member: str) -> list[_Object]:
    """The objects in a list that a member holds."""
    found = value.get(member) if isinstance(value, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _refuse(message: str, advice: str, place: Location = _NOWHERE) -> NoReturn:
    raise InvalidSnapshot([Finding("not-in-use", Severity.ERROR, message, place, advice)])
