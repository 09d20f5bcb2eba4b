"""References of what runs, from the output of other tools."""

import json
from typing import Any

import pytest

from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.in_use import read_references
from tests.builders import digest

HOST = "111122223333.dkr.ecr.eu-central-1.amazonaws.com"
APP = f"{HOST}/team/app"


def read(*contents: Any) -> list[tuple[str, str | None]]:
    """The references in some files, each with who refers; what is no text is written as JSON."""
    sources = [
        Source((each if isinstance(each, str) else json.dumps(each)).encode(), "f")
        for each in contents
    ]
    return [(each.text, each.user) for each in read_references(*sources)]


def refusal(content: Any) -> str:
    """What is said of a file that is refused."""
    with pytest.raises(InvalidSnapshot) as caught:
        read(content)
    return str(caught.value)


def workload(kind: str, spec: dict[str, Any], **members: Any) -> dict[str, Any]:
    """A workload of Kubernetes."""
    metadata = {"namespace": "shop", "name": "web"}
    return {"apiVersion": "v1", "kind": kind, "metadata": metadata, "spec": spec, **members}


def pods(image: str) -> dict[str, Any]:
    """The description of pods with one container."""
    return {"containers": [{"name": "app", "image": image}]}


# Kubernetes


def test_a_pod_names_what_it_shall_run_and_what_it_runs() -> None:
    spec = {
        "containers": [{"image": f"{APP}:v1"}],
        "initContainers": [{"image": f"{APP}:v2"}],
        "ephemeralContainers": [{"image": f"{APP}:v3"}],
    }
    status = {
        "containerStatuses": [{"image": f"{APP}:v1", "imageID": f"{APP}@{digest('a')}"}],
        "initContainerStatuses": [{"imageID": f"docker-pullable://{APP}@{digest('b')}"}],
        "ephemeralContainerStatuses": [{"imageID": f"{APP}@{digest('c')}"}],
    }
    assert read(workload("Pod", spec, status=status)) == [
        (text, "pod shop/web")
        for text in (
            f"{APP}:v1",
            f"{APP}:v2",
            f"{APP}:v3",
            f"{APP}@{digest('a')}",
            f"docker-pullable://{APP}@{digest('b')}",
            f"{APP}@{digest('c')}",
        )
    ]


def test_the_digest_of_a_configuration_is_none_of_a_manifest() -> None:
    status = {"containerStatuses": [{"imageID": digest("a")}, {"imageID": ""}]}
    assert read(workload("Pod", pods(f"{APP}:v1"), status=status)) == [
        (f"{APP}:v1", "pod shop/web")
    ]


@pytest.mark.parametrize(
    "kind",
    ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"],
)
def test_workloads_that_make_pods(kind: str) -> None:
    made = workload(kind, {"template": {"spec": pods(f"{APP}:v1")}})
    assert read(made) == [(f"{APP}:v1", f"{kind.lower()} shop/web")]


def test_a_job_that_is_made_again_and_again() -> None:
    spec = {"jobTemplate": {"spec": {"template": {"spec": pods(f"{APP}:v1")}}}}
    assert read(workload("CronJob", spec)) == [(f"{APP}:v1", "cronjob shop/web")]


def test_a_list_of_workloads_and_other_objects() -> None:
    items = [
        workload("Pod", pods(f"{APP}:v1")),
        workload("Service", {"clusterIP": "None"}),
        workload("Deployment", {"template": {"spec": pods(f"{APP}:v2")}}),
    ]
    assert [text for text, _ in read({"kind": "List", "items": items})] == [
        f"{APP}:v1",
        f"{APP}:v2",
    ]


def test_a_cluster_in_which_nothing_runs() -> None:
    assert read({"kind": "List", "items": []}) == []


def test_a_reference_without_a_registry_is_to_docker_hub() -> None:
    source = Source(json.dumps(workload("Pod", pods("nginx"))).encode())
    (reference,) = read_references(source)
    assert (reference.host, reference.repository) == ("docker.io", "nginx")


# Amazon ECS and AWS Lambda


def test_a_task_definition() -> None:
    definition = {
        "family": "web",
        "revision": 7,
        "containerDefinitions": [{"image": f"{APP}:v1"}, {"image": f"{APP}:v2"}],
    }
    assert read({"taskDefinition": definition}) == [
        (f"{APP}:v1", "task definition web:7"),
        (f"{APP}:v2", "task definition web:7"),
    ]


def test_tasks_tell_the_digest_that_runs() -> None:
    containers = [{"image": f"{APP}:v1", "imageDigest": digest("a")}, {"image": f"{APP}:v2"}]
    arn = "arn:aws:ecs:eu-central-1:111122223333:task/shop/0123"
    assert read({"tasks": [{"taskArn": arn, "containers": containers}], "failures": []}) == [
        (f"{APP}:v1@{digest('a')}", "task 0123"),
        (f"{APP}:v1", "task 0123"),
        (f"{APP}:v2", "task 0123"),
    ]


def test_a_function() -> None:
    function = {
        "Configuration": {"FunctionName": "resize", "PackageType": "Image"},
        "Code": {"ImageUri": f"{APP}:v1", "ResolvedImageUri": f"{APP}@{digest('a')}"},
    }
    assert read(function) == [
        (f"{APP}@{digest('a')}", "function resize"),
        (f"{APP}:v1", "function resize"),
    ]


def test_functions_that_are_no_images() -> None:
    assert read({"Functions": [{"FunctionName": "zip", "PackageType": "Zip"}]}) == []
    assert read({"Configuration": {}, "Code": {"RepositoryType": "S3"}}) == []


def test_functions_whose_images_are_not_told() -> None:
    said = refusal({"Functions": [{"FunctionName": "resize", "PackageType": "Image"}]})
    assert "the images of 1 function are not told, such as that of `resize`" in said
    assert "give `aws lambda get-function` output for each" in said


def test_functions_whose_images_are_told() -> None:
    listed = {"FunctionName": "resize", "PackageType": "Image", "Code": {"ImageUri": f"{APP}:v1"}}
    assert read({"Functions": [listed]}) == [(f"{APP}:v1", "function resize")]


# Docker


def test_the_table_of_containers() -> None:
    table = (
        "CONTAINER ID   IMAGE                  COMMAND   CREATED   STATUS    PORTS     NAMES\n"
        f'0123456789ab   {"ghcr.io/a/b:v1":<20}   "run"     now       Up                  web\n'
        f'0123456789ac   {"nginx":<20}   "run it"  now       Up                  shop web\n'
    )
    assert read(table) == [
        ("ghcr.io/a/b:v1", "container web"),
        ("nginx", "container shop web"),
    ]


def test_the_table_of_images() -> None:
    table = (
        f"REPOSITORY         TAG      {'DIGEST':<71}   IMAGE ID       CREATED   SIZE\n"
        f"ghcr.io/a/b        v1       {digest('a')}   0123456789ab   now       1MB\n"
        f"ghcr.io/a/c        v2       {'<none>':<71}   0123456789ac   now       1MB\n"
        f"<none>             <none>   {'<none>':<71}   0123456789ad   now       1MB\n"
        f"ghcr.io/a/d        <none>   {'<none>':<71}   0123456789ae   now       1MB\n"
    )
    assert [text for text, _ in read(table)] == [f"ghcr.io/a/b@{digest('a')}", "ghcr.io/a/c:v2"]


def test_the_table_of_images_without_digests() -> None:
    table = (
        "REPOSITORY    TAG   IMAGE ID       CREATED   SIZE\n"
        "ghcr.io/a/b   v1    0123456789ab   now       1MB\n"
    )
    assert read(table) == [("ghcr.io/a/b:v1", "image ghcr.io/a/b")]


def test_json_lines() -> None:
    containers = [{"Image": f"{APP}:v1", "Names": "web"}, {"Image": "nginx", "Names": "front"}]
    assert read("\n".join(map(json.dumps, containers))) == [
        (f"{APP}:v1", "container web"),
        ("nginx", "container front"),
    ]
    images = [
        {"Repository": APP, "Tag": "v1", "Digest": digest("a")},
        {"Repository": APP, "Tag": "v2", "Digest": "<none>"},
    ]
    assert [text for text, _ in read("\n".join(map(json.dumps, images)))] == [
        f"{APP}@{digest('a')}",
        f"{APP}:v2",
    ]


def test_what_inspect_prints() -> None:
    assert [text for text, _ in read([{"RepoDigests": [f"{APP}@{digest('a')}"]}])] == [
        f"{APP}@{digest('a')}"
    ]
    assert [text for text, _ in read([{"Image": digest("c"), "Config": {"Image": APP}}])] == [APP]


# Plain lists


def test_a_reference_on_each_line() -> None:
    text = f"# what runs\n{APP}:v1\n\n  team/app:v2  # by hand\n{digest('a')}\n"
    assert read(text) == [(f"{APP}:v1", None), ("team/app:v2", None), (digest("a"), None)]
    (_, second, _) = read_references(Source(text.encode()))
    assert second.host is None


def test_a_list_in_json() -> None:
    assert read([f"{APP}:v1", "team/app:v2"]) == [(f"{APP}:v1", None), ("team/app:v2", None)]


def test_several_files_in_their_order() -> None:
    assert [text for text, _ in read(f"{APP}:v1", {"items": []}, f"{APP}:v2")] == [
        f"{APP}:v1",
        f"{APP}:v2",
    ]


# What is refused


@pytest.mark.parametrize(
    ("content", "command", "advice"),
    [
        ({"taskArns": []}, "aws ecs list-tasks", "`aws ecs describe-tasks` output"),
        (
            {"taskDefinitionArns": []},
            "aws ecs list-task-definitions",
            "`aws ecs describe-task-definition` output",
        ),
        (
            {"serviceArns": []},
            "aws ecs list-services",
            "`aws ecs describe-task-definition` output",
        ),
    ],
)
def test_lists_that_have_names_alone(content: Any, command: str, advice: str) -> None:
    said = refusal(content)
    assert f"this is the output of `{command}`, which names no images; give {advice}" in said


@pytest.mark.parametrize(
    "content", ["", "\n", "{}", "[1]", '{"rules": []}', '{"imageDetails": []}']
)
def test_what_tells_of_nothing_in_use(content: str) -> None:
    assert "nothing here tells of images in use; give the output of" in refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        {"tasks": [], "nextToken": "x"},
        {"Functions": [], "NextMarker": "x"},
        {"items": [], "metadata": {"continue": "x"}},
    ],
)
def test_lists_that_stop_half_way(content: Any) -> None:
    assert "there is more; list all of it" in refusal(content)


def test_the_place_of_a_line_that_is_no_reference() -> None:
    assert refusal(f"{APP}:v1\n  a b\n").startswith("f:2:3: `a b` is no reference to an image")


def test_a_workload_with_what_is_no_reference() -> None:
    said = refusal(workload("Pod", pods("a b")))
    assert said == "f: `a b` of pod shop/web is no reference to an image; correct it"


def test_text_that_is_no_json() -> None:
    assert refusal('{"items": [}').startswith("f:1:")


@pytest.mark.parametrize(
    "content",
    [
        {"RepoDigests": None},
        {"Repository": None},
        {"Image": None},
        {"Code": None},
    ],
)
def test_members_of_other_types_name_nothing(content: Any) -> None:
    assert read(content) == []


@pytest.mark.parametrize(
    "content",
    [
        {"kind": "Pod"},
        {"kind": "Pod", "spec": 5, "status": [], "metadata": None},
        {"kind": "CronJob", "spec": {"jobTemplate": None}},
        {"items": 5},
        {"tasks": [{"containers": [{"image": None, "imageDigest": 5}]}]},
        {"taskDefinition": None},
    ],
)
def test_what_should_name_images_and_names_none(content: Any) -> None:
    assert "nothing here tells of images in use" in refusal(content)


def test_a_list_of_pods_that_name_no_images() -> None:
    pod = {"kind": "Pod", "spec": {"containers": [5, {"image": 5}]}}
    assert "nothing in this list runs images: it holds `Pod`" in refusal({"items": [5, pod]})


def test_a_list_of_objects_that_run_nothing() -> None:
    services = {"kind": "List", "items": [{"kind": "Service"}, {"kind": "ConfigMap"}]}
    told = refusal(services)
    assert "nothing in this list runs images: it holds `ConfigMap`, `Service`" in told


def test_what_a_list_of_one_kind_holds_need_not_say_the_kind() -> None:
    pod = {"metadata": {"name": "web"}, "spec": pods(f"{APP}:v1")}
    assert read({"kind": "PodList", "items": [pod]}) == [(f"{APP}:v1", "pod web")]


def test_kinds_that_others_define() -> None:
    rollout = workload("Rollout", {"template": {"spec": pods(f"{APP}:v1")}})
    step = {"name": "a", "container": {"image": f"{APP}:v2"}}
    script = {"name": "b", "script": {"image": f"{APP}:v3", "source": "true"}}
    workflow = workload("CronWorkflow", {"workflowSpec": {"templates": [step, script]}})
    assert read({"kind": "List", "items": [rollout, workflow]}) == [
        (f"{APP}:v1", "rollout shop/web"),
        (f"{APP}:v2", "cronworkflow shop/web"),
        (f"{APP}:v3", "cronworkflow shop/web"),
    ]


def test_an_image_that_is_mounted() -> None:
    volumes = [{"name": "data", "image": {"reference": f"{APP}:data"}}, {"emptyDir": {}}]
    pod = workload("Pod", {**pods(f"{APP}:v1"), "volumes": volumes})
    assert [text for text, _ in read(pod)] == [f"{APP}:v1", f"{APP}:data"]


def test_tasks_that_could_not_be_described() -> None:
    told = refusal({"tasks": [], "failures": [{"arn": "arn:task/1", "reason": "MISSING"}]})
    assert "1 task could not be described, such as `arn:task/1`: MISSING" in told


@pytest.mark.parametrize("image", ["4c9a89235643", "a" * 64, digest("a")])
def test_a_container_whose_image_has_lost_its_tag(image: str) -> None:
    table = f"CONTAINER ID   {'IMAGE':80}NAMES\nabc            {image:80}web\n"
    for content in (table, {"Image": image, "Names": "web"}):
        told = refusal(content)
        assert f"`{image}` of container web is an image's ID, which no registry knows" in told


def test_references_in_quotes() -> None:
    """As `jq` prints them without `-r`."""
    assert read(f"\"{APP}:v1\"\n'{APP}:v2'\n") == [(f"{APP}:v1", None), (f"{APP}:v2", None)]
    assert "is no reference to an image" in refusal(f'"{APP}:v1\n')
