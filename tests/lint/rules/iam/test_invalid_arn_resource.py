"""An ARN of something that its service does not have."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.finding import Severity
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.iam.builders import HERE, REPOSITORY
from tests.lint.tables import Case, allow, grant, message, passes, problems, table, trips

RULE = "invalid-arn-resource"


KNOWN = installed()
PLACE = f"us-east-1:{HERE}"


def about(text: Any) -> dict[str, Any]:
    return allow(Resource=text)


@table(
    trips("a name alone", about(f"arn:aws:ecr:{PLACE}:team/app"), "/Statement/0/Resource"),
    trips("another type", about(f"arn:aws:ecr:{PLACE}:repo/app"), "/Statement/0/Resource"),
    trips("no name", about(f"arn:aws:ecr:{PLACE}:repository/"), "/Statement/0/Resource"),
    trips("a colon", about(f"arn:aws:ecr:{PLACE}:repository:app"), "/Statement/0/Resource"),
    trips("before a wildcard", about(f"arn:aws:ecr:{PLACE}:repo/*"), "/Statement/0/Resource"),
    trips("before a variable", about("arn:aws:ecr:*:*:r/${aws:username}"), "/Statement/0/Resource"),
    trips(
        "behind any Region",
        allow(NotResource=["arn:aws:ecr:*:111122223333:repo/a"]),
        "/Statement/0/NotResource/0",
    ),
    trips(
        "of another service",
        about(f"arn:aws:lambda:{PLACE}:a"),
        "/Statement/0/Resource",
        facts=KNOWN,
    ),
    passes("of another service, without the extra", about(f"arn:aws:lambda:{PLACE}:a"), facts=OWN),
    passes("a repository", about(REPOSITORY)),
    passes("any", about("arn:aws:ecr:*:*:*")),
    passes("it ends early", about("arn:aws:ecr:*")),
    passes("it may end as it should", about(f"arn:aws:ecr:{PLACE}:rep*")),
    passes("all of it is a variable", about(f"arn:aws:ecr:{PLACE}:${{aws:PrincipalTag/r}}")),
    passes("a bucket", about("arn:aws:s3:::a"), facts=KNOWN),
    passes("of AWS", about("arn:aws:cloudformation:us-east-1:aws:transform/Include"), facts=KNOWN),
    passes("its service has none", about("arn:aws:sts::aws:x"), facts=OWN),
    passes("too few parts", about("arn:aws:ecr:us-east-1:repo")),
    passes(
        "in a registry policy, which another rule tells",
        grant(Resource=f"arn:aws:ecr:{PLACE}:repo/a"),
        kind=Kind.REGISTRY,
    ),
    passes("unknown", about(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_of_other_services_not_all_is_known() -> None:
    for text, severity in (
        (f"arn:aws:ecr:{PLACE}:repo/a", None),
        ("arn:aws:waf::*:changetoken/*", Severity.WARNING),
    ):
        [found] = problems(RULE, about(text), facts=KNOWN)
        assert found.severity is severity


def test_messages() -> None:
    assert message(RULE, about(f"arn:aws:ecr:{PLACE}:repo/a")) == (
        "the resource `arn:aws:ecr:us-east-1:111122223333:repo/a` is nothing that the service "
        "`ecr` has; end it as in `repository/…`"
    )
    for name, advice in (
        ("endpointconfig/a", "end it as in `endpoint-config/…`"),
        ("zzz", "look it up in the Service Authorization Reference"),
    ):
        told = message(RULE, about(f"arn:aws:sagemaker:{PLACE}:{name}"), facts=KNOWN)
        assert advice in told
