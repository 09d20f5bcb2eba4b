"""The ARN of a role that is too long."""

from ecrpolicy.document.unknown import UNKNOWN
from tests.lint.rules.caching.builders import TEMPLATES, cache, rules, template, templates
from tests.lint.tables import Case, message, passes, table, trips

RULE = "caching-role-length"

MOST = f"arn:aws:iam::111122223333:role/{'a' * 2017}"


@table(
    trips(
        "2,049 characters",
        rules(cache(customRoleArn=MOST + "a")),
        "/pullThroughCacheRules/0/customRoleArn",
    ),
    trips(
        "of a template",
        templates(template(customRoleArn=MOST + "a")),
        "/repositoryCreationTemplates/0/customRoleArn",
        **TEMPLATES,
    ),
    passes("2,048 characters", rules(cache(customRoleArn=MOST))),
    passes("unknown", rules(cache(customRoleArn=UNKNOWN))),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, rules(cache(customRoleArn=MOST + "a"))) == (
        "the ARN of a role has 2048 characters at most, not 2049; shorten it"
    )
