"""Configurations of Terraform: which documents are in them, where, and what is not known."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.edit import Remove, Rename, Replace
from ecrpolicy.lint.engine import Context, lint
from ecrpolicy.lint.found import Reading
from ecrpolicy.lint.json_edits import changed
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.selection import Selection
from tests.sources.placed import at, misread, only, reading, values


def terraform(text: str) -> Reading:
    return reading(text, "main.tf")


LIFECYCLE = """\
resource "aws_ecr_lifecycle_policy" "web" {
  repository = aws_ecr_repository.web.name

  policy = <<-EOF
    {
      "rules": [
        {
          "rulePriority": ${var.priority},
          "description": "keep $${a} and ${var.b}",
          "selection": {
            "tagStatus": "tagged",
            "tagPrefixList": ["main-", "${var.branch}-"],
            "countType": "imageCountMoreThan",
            "countNumber": 3
          },
          "action": {"type": "expire"}
        }
      ]
    }
  EOF
}
"""


def test_a_heredoc() -> None:
    document = only(terraform(LIFECYCLE))
    assert (document.kind, document.name) == (Kind.LIFECYCLE, "aws_ecr_lifecycle_policy.web")
    assert document.value == {
        "rules": [
            {
                "rulePriority": UNKNOWN,
                "description": UNKNOWN,
                "selection": {
                    "tagStatus": "tagged",
                    "tagPrefixList": ["main-", UNKNOWN],
                    "countType": "imageCountMoreThan",
                    "countNumber": 3,
                },
                "action": {"type": "expire"},
            }
        ]
    }
    assert document.text is None
    assert [document.source.line_and_column(each) for each in document.anchors] == [
        (1, 1),
        (4, 3),
        (4, 12),
    ]
    selection = ("rules", 0, "selection")
    assert at(document, "rules", 0, "rulePriority") == "8:27 ${var.priority}"
    assert at(document, *selection, "tagStatus") == '11:26 "tagged"'
    assert at(document, *selection, "tagStatus", at_name=True) == '11:13 "tagStatus"'
    assert at(document, *selection, "tagStatus", offset=1) == "11:28 a"
    assert at(document, *selection, "tagPrefixList", 1) == '12:40 "${var.branch}-"'
    assert at(document, *selection, "countNumber") == "14:28 3"
    assert at(document, "rules", 0, "action") == '16:21 {"type": "expire"}'


def test_the_text_is_known_where_nothing_is_put_into_it() -> None:
    text = LIFECYCLE.replace("${var.priority}", "1").replace("${var.b}", "b")
    document = only(terraform(text.replace("${var.branch}", "")))
    assert document.text is not None
    assert document.text.startswith('{\n  "rules": [\n    {\n      "rulePriority": 1,')
    assert json.loads(document.text)["rules"][0]["description"] == "keep ${a} and b"
    assert document.value == json.loads(document.text)


def test_a_heredoc_is_mended_where_it_stands() -> None:
    document = only(terraform(LIFECYCLE))
    selection = ("rules", 0, "selection")
    prefixes = [f"{'x' * 40}${{", f"{'y' * 40}%{{"]
    changes = document.places.changes(
        [
            Remove((*selection, "countNumber")),
            Rename((*selection, "tagStatus"), "tag"),
            Replace(("rules", 0, "action"), {"type": "expire", "list": prefixes}),
        ]
    )
    assert changes is not None
    made = changed(LIFECYCLE, changes)
    assert made == LIFECYCLE.replace('"tagStatus"', '"tag"').replace(
        ',\n            "countNumber": 3', ""
    ).replace(
        '{"type": "expire"}',
        f"""{{
            "type": "expire",
            "list": [
              "{"x" * 40}$${{",
              "{"y" * 40}%%{{"
            ]
          }}""",
    )
    assert only(terraform(made)).value["rules"][0]["action"]["list"] == prefixes
    assert document.places.changes([Remove((*selection, "tagPrefixList", 1))]) is None


def test_a_plain_string() -> None:
    text = """\
resource "aws_ecr_registry_policy" "all" {
  policy = "{\\"Version\\": \\"2012-10-17\\", \\"Statement\\": [{\\"Sid\\": \\"$${a}\\\\n\\"}]}"
}
"""
    document = only(terraform(text))
    assert document.kind is Kind.REGISTRY
    assert document.value == {"Version": "2012-10-17", "Statement": [{"Sid": "${a}\n"}]}
    assert at(document, "Statement", 0, "Sid") == '2:69 \\"$${a}\\\\n\\"'
    assert at(document, "Statement", 0, "Sid", offset=0) == "2:71 $${"
    assert at(document, "Statement", 0, "Sid", offset=2) == "2:74 a"
    changes = document.places.changes([Replace(("Statement", 0, "Sid"), 'b"${\n')])
    assert changes is not None
    made = only(terraform(changed(text, changes)))
    assert made.value["Statement"] == [{"Sid": 'b"${\n'}]


STRUCTURE = """\
resource "aws_ecr_repository_policy" "web" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        "Sid"     = "pull"
        Effect    = "Allow"
        Principal = { AWS = [var.account, "arn:aws:iam::${var.account}:root"] }
        (var.x)   = 1
      },
      {
        Effect : "Allow",
        Principal : "*"
        Action : concat(["ecr:BatchGetImage"], var.actions)
        Resource : "arn:aws:ecr:*:*:repository/$${aws:PrincipalTag/team}\\u002f*"
      },
      var.statement,
    ]
  })
}
"""


def test_a_structure() -> None:
    document = only(terraform(STRUCTURE))
    assert (document.kind, document.text) == (Kind.REPOSITORY, None)
    assert document.value == {
        "Version": "2012-10-17",
        "Statement": [
            UNKNOWN,
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": UNKNOWN,
                "Resource": "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*",
            },
            UNKNOWN,
        ],
    }
    second = ("Statement", 1)
    assert at(document, *second, "Principal", at_name=True) == "13:9 Principal"
    assert at(document, *second, "Principal") == '13:21 "*"'
    assert at(document, *second, "Action").startswith("14:18 concat(")
    resource = document.value["Statement"][1]["Resource"]
    assert at(document, *second, "Resource", offset=resource.index("$")) == "15:48 $${"
    assert at(document, *second, "Resource", offset=resource.index("team}")) == "15:68 t"
    assert at(document, *second, "Resource", offset=len(resource) - 2) == "15:73 \\u002f"
    assert at(document, *second, "Resource", offset=len(resource) - 1) == "15:79 *"
    assert at(document, *second, "Nothing").startswith("11:7 {\n")
    assert at(document, "Statement", 2) == "17:7 var.statement"
    assert at(document).startswith("2:12 jsonencode({\n")
    assert document.places.changes([Remove(("Version",))]) is None


def test_the_same_without_what_is_not_known_in_a_name() -> None:
    document = only(terraform(STRUCTURE.replace("(var.x)  ", "y")))
    statement = document.value["Statement"][0]
    assert statement["Principal"] == {"AWS": [UNKNOWN, UNKNOWN]}
    assert at(document, "Statement", 0, "Sid", at_name=True) == '6:9 "Sid"'
    assert at(document, "Statement", 0, "Principal", "AWS", 0) == "8:30 var.account"


@pytest.mark.parametrize(
    "expression",
    [
        "data.aws_iam_policy_document.x.json",
        "var.policy",
        "local.elsewhere",
        'file("policy.json")',
        'templatefile("policy.json", {})',
        "jsonencode(merge({}, {}))",
        "jsonencode(var.policy)",
        "jsonencode([])",
        'jsonencode("{}")',
        "true ? jsonencode({}) : null",
        "trimspace(<<EOF\n{}\nEOF\n)",
        '"${var.policy}"',
        '"${var.a}${var.b}"',
        "<<EOF\n${var.policy}\nEOF",
        "<<EOF\n{%{ if var.a }\n%{ endif }}\nEOF",
        "null",
        '""',
    ],
)
def test_nothing_is_said_of_a_policy_that_is_not_known(expression: str) -> None:
    text = f'resource "aws_iam_policy" "a" {{\n  policy = {expression}\n}}\n'
    assert terraform(text).is_empty


TRUST = {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}


def test_every_type_and_its_kind() -> None:
    plain = {
        "aws_ecr_lifecycle_policy": Kind.LIFECYCLE,
        "aws_ecr_registry_policy": Kind.REGISTRY,
        "aws_ecr_repository_policy": Kind.REPOSITORY,
        "aws_iam_group_policy": Kind.IDENTITY,
        "aws_iam_policy": Kind.IDENTITY,
        "aws_iam_role_policy": Kind.IDENTITY,
        "aws_iam_user_policy": Kind.IDENTITY,
        "aws_vpc_endpoint": Kind.ENDPOINT,
        "aws_vpc_endpoint_policy": Kind.ENDPOINT,
    }
    for kind, expected in plain.items():
        document = only(terraform(f'resource {kind} "a" {{\n  policy = "{{}}"\n}}'))
        assert (document.kind, document.name) == (expected, f"{kind}.a")
        assert document.why_kind is None


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("", Kind.SCP),
        ('type = "SERVICE_CONTROL_POLICY"', Kind.SCP),
        ('type = "RESOURCE_CONTROL_POLICY"', Kind.RCP),
        ('type = "TAG_POLICY"', None),
        ("type = var.type", None),
    ],
)
def test_policies_of_an_organization(told: str, kind: Kind | None) -> None:
    found = terraform(f'resource "aws_organizations_policy" "a" {{\n{told}\ncontent = "{{}}"\n}}')
    assert [each.kind for each in found.documents] == ([] if kind is None else [kind])


def test_roles() -> None:
    found = terraform(
        """\
resource "aws_iam_role" "a" {
  assume_role_policy = jsonencode({ Version = "2012-10-17" })
  inline_policy {}
  inline_policy {
    name   = "b"
    policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  }
}
"""
    )
    assert [(each.kind, each.name) for each in found.documents] == [
        (Kind.RESOURCE, "aws_iam_role.a.assume_role_policy"),
        (Kind.IDENTITY, "aws_iam_role.a.inline_policy.1"),
    ]
    assert at(found.documents[1], "Version", at_name=True) == "6:27 Version"


def test_replication() -> None:
    document = only(
        terraform(
            """\
resource "aws_ecr_replication_configuration" "all" {
  replication_configuration {
    rule {
      destination {
        region      = "eu-central-1"
        registry_id = data.aws_caller_identity.current.account_id
      }
      destination {
        region      = "eu-west-1"
        registry_id = 111122223333
      }
      repository_filter {
        filter      = "prod/"
        filter_type = "PREFIX_MATCH"
      }
    }
    dynamic "rule" {
      for_each = var.rules
      content {}
    }
  }
}
"""
        )
    )
    assert document.kind is Kind.REPLICATION
    assert document.value == {
        "rules": [
            {
                "destinations": [
                    {"region": "eu-central-1", "registryId": UNKNOWN},
                    {"region": "eu-west-1", "registryId": "111122223333"},
                ],
                "repositoryFilters": [{"filter": "prod/", "filterType": "PREFIX_MATCH"}],
            },
            UNKNOWN,
        ]
    }
    rule = ("rules", 0)
    assert at(document, *rule, "destinations", 1, "registryId") == "10:23 111122223333"
    assert at(document, *rule, "destinations", 1, "registryId", at_name=True) == "10:9 registry_id"
    assert at(document, *rule, "destinations", 1).startswith("8:7 destination {")
    assert at(document, *rule, "repositoryFilters", at_name=True) == "12:7 repository_filter"
    assert at(document, "rules", 1).startswith('17:5 dynamic "rule" {')


def test_a_replication_without_rules_sends_an_empty_list() -> None:
    text = 'resource "aws_ecr_replication_configuration" "a" {\nreplication_configuration {}\n}'
    assert only(terraform(text)).value == {"rules": []}
    assert terraform(text.replace("replication_configuration {}", "")).is_empty
    dynamic = 'dynamic "replication_configuration" {\ncontent {}\n}'
    assert terraform(text.replace("replication_configuration {}", dynamic)).is_empty


def test_scanning() -> None:
    document = only(
        terraform(
            """\
resource "aws_ecr_registry_scanning_configuration" "all" {
  region    = "eu-central-1"
  scan_type = "ENHANCED"
  rule {
    scan_frequency = var.frequency
    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}
"""
        )
    )
    assert document.kind is Kind.SCANNING
    assert document.value == {
        "scanType": "ENHANCED",
        "rules": [
            {
                "scanFrequency": UNKNOWN,
                "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}],
            }
        ],
    }
    assert at(document, "scanType") == '3:15 "ENHANCED"'


def test_cache_rules() -> None:
    document = only(
        terraform(
            """\
resource "aws_ecr_pull_through_cache_rule" "hub" {
  ecr_repository_prefix      = "hub"
  upstream_registry_url      = "registry-1.docker.io"
  credential_arn             = aws_secretsmanager_secret.hub.arn
  custom_role_arn            = null
  upstream_repository_prefix = "ROOT"
  registry_id                = "111122223333"
  depends_on                 = [aws_ecr_registry_policy.all]
}
"""
        )
    )
    assert document.kind is Kind.CACHING
    assert document.value == {
        "pullThroughCacheRules": [
            {
                "ecrRepositoryPrefix": "hub",
                "upstreamRegistryUrl": "registry-1.docker.io",
                "credentialArn": UNKNOWN,
                "upstreamRepositoryPrefix": "ROOT",
            }
        ]
    }
    rule = ("pullThroughCacheRules", 0)
    assert at(document, *rule, "upstreamRegistryUrl") == '3:32 "registry-1.docker.io"'


TEMPLATE = """\
resource "aws_ecr_repository_creation_template" "all" {
  prefix               = "ROOT"
  applied_for          = ["PULL_THROUGH_CACHE"]
  image_tag_mutability = "IMMUTABLE_WITH_EXCLUSION"
  image_tag_mutability_exclusion_filter {
    filter      = "latest"
    filter_type = "WILDCARD"
  }
  encryption_configuration {
    kms_key = var.key
  }
  resource_tags = {
    cost_center = 17
    "b"         = var.b
  }
  lifecycle_policy  = jsonencode({ rules = [] })
  repository_policy = "{}"
}
"""


def test_creation_templates() -> None:
    found = terraform(TEMPLATE)
    assert values(found) == {
        "aws_ecr_repository_creation_template.all": {
            "repositoryCreationTemplates": [
                {
                    "prefix": "ROOT",
                    "appliedFor": ["PULL_THROUGH_CACHE"],
                    "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
                    "imageTagMutabilityExclusionFilters": [
                        {"filter": "latest", "filterType": "WILDCARD"}
                    ],
                    "encryptionConfiguration": {"encryptionType": "AES256", "kmsKey": UNKNOWN},
                    "resourceTags": [
                        {"Key": "cost_center", "Value": "17"},
                        {"Key": "b", "Value": UNKNOWN},
                    ],
                    "lifecyclePolicy": UNKNOWN,
                    "repositoryPolicy": UNKNOWN,
                }
            ]
        },
        "aws_ecr_repository_creation_template.all.lifecycle_policy": {"rules": []},
        "aws_ecr_repository_creation_template.all.repository_policy": {},
    }
    first = ("repositoryCreationTemplates", 0)
    assert at(found.documents[0], *first, "resourceTags", 0, "Key") == "13:5 cost_center"
    assert at(found.documents[0], *first, "resourceTags", 0, "Value") == "13:19 17"
    assert [each.kind for each in found.documents] == [
        Kind.TEMPLATES,
        Kind.LIFECYCLE,
        Kind.REPOSITORY,
    ]


def test_what_a_creation_template_takes_from_elsewhere() -> None:
    text = TEMPLATE.replace("{\n    cost_center = 17\n", "merge(var.tags, {\n").replace(
        "var.b\n  }", "var.b\n  })"
    )
    text = text.replace("encryption_configuration {", 'dynamic "encryption_configuration" {')
    [found, *_] = values(terraform(text)).values()
    [template] = found["repositoryCreationTemplates"]
    assert template["resourceTags"] is UNKNOWN
    assert template["encryptionConfiguration"] is UNKNOWN


DATA = """\
data "aws_iam_policy_document" "pull" {
  statement {
    sid       = "pull"
    actions   = ["ecr:BatchGetImage", var.action]
    resources = ["arn:aws:ecr:*:*:repository/&{aws:username}/*"]

    principals {
      type        = "AWS"
      identifiers = [111122223333]
    }
    principals {
      type        = "Service"
      identifiers = ["codebuild.amazonaws.com"]
    }
    principals {
      type        = "AWS"
      identifiers = [var.account]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5", true]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = var.accounts
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }
  }
  statement {
    effect        = "Deny"
    not_actions   = ["ecr:*"]
    not_resources = []
    not_principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
"""


def test_data_sources() -> None:
    document = only(terraform(DATA))
    assert document.name == "data.aws_iam_policy_document.pull"
    assert document.value == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "pull",
                "Effect": "Allow",
                "Action": ["ecr:BatchGetImage", UNKNOWN],
                "Resource": ["arn:aws:ecr:*:*:repository/${aws:username}/*"],
                "Principal": {
                    "AWS": ["111122223333", UNKNOWN],
                    "Service": ["codebuild.amazonaws.com"],
                },
                "Condition": {
                    "StringEquals": {
                        "aws:PrincipalOrgID": ["o-a1b2c3d4e5", "true"],
                        "aws:SourceAccount": UNKNOWN,
                    },
                    "Bool": {"aws:SecureTransport": ["true"]},
                },
            },
            {"Effect": "Deny", "NotAction": ["ecr:*"], "NotPrincipal": "*"},
        ],
    }
    first = ("Statement", 0)
    assert at(document, *first).startswith("2:3 statement {")
    assert at(document, *first, "Action", at_name=True) == "4:5 actions"
    assert at(document, *first, "Action", 0, offset=4) == "4:23 B"
    assert at(document, *first, "Resource", 0, offset=27) == "5:46 &"
    assert at(document, *first, "Principal", at_name=True) == "7:5 principals"
    assert at(document, *first, "Principal", "Service", 0) == '13:22 "codebuild.amazonaws.com"'
    condition = (*first, "Condition", "StringEquals")
    assert at(document, *condition, at_name=True) == '20:18 "StringEquals"'
    assert at(document, *condition, "aws:PrincipalOrgID", at_name=True) == (
        '21:18 "aws:PrincipalOrgID"'
    )
    assert at(document, *condition, "aws:PrincipalOrgID", 0) == '22:19 "o-a1b2c3d4e5"'
    assert at(document, "Statement", 1, "Effect") == '36:21 "Deny"'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", None),
        ('version = "2008-10-17"\npolicy_id = "a"', None),
        (
            'version = "2008-10-17"\npolicy_id = "a"\nstatement {}',
            {"Version": "2008-10-17", "Id": "a", "Statement": [{"Effect": "Allow"}]},
        ),
        ('dynamic "statement" {\ncontent {}\n}', {"Statement": [UNKNOWN]}),
        ("source_policy_documents = []", {"Statement": [UNKNOWN]}),
        (
            'statement {\nsid = ""\n}\noverride_policy_documents = var.a',
            {"Statement": [{"Effect": "Allow"}, UNKNOWN]},
        ),
        (
            'statement {\ndynamic "principals" {\ncontent {}\n}\nprincipals {\ntype = "AWS"\n}\n}',
            {"Statement": [{"Principal": UNKNOWN, "Effect": "Allow"}]},
        ),
        (
            "statement {\nprincipals {\ntype = var.a\nidentifiers = []\n}\n}",
            {"Statement": [{"Principal": UNKNOWN, "Effect": "Allow"}]},
        ),
        (
            'statement {\nprincipals {\ntype = "AWS"\nidentifiers = var.a\n}\nprincipals {\n'
            'type = "AWS"\nidentifiers = ["*"]\n}\n}',
            {"Statement": [{"Principal": {"AWS": UNKNOWN}, "Effect": "Allow"}]},
        ),
        (
            "statement {\ncondition {\ntest = var.a\nvariable = var.b\nvalues = []\n}\n}",
            {"Statement": [{"Condition": UNKNOWN, "Effect": "Allow"}]},
        ),
        (
            'statement {\ndynamic "condition" {\ncontent {}\n}\n}',
            {"Statement": [{"Condition": UNKNOWN, "Effect": "Allow"}]},
        ),
        (
            'statement {\ncondition {\ntest = "Null"\nvariable = "a"\nvalues = ["b"]\n}\n'
            'condition {\ntest = "Null"\nvariable = "a"\nvalues = ["c"]\n}\n}',
            {"Statement": [{"Condition": {"Null": {"a": UNKNOWN}}, "Effect": "Allow"}]},
        ),
        (
            "statement {\nactions = toset([])\nsid = local.a\neffect = null\n}",
            {"Statement": [{"Action": UNKNOWN, "Sid": UNKNOWN, "Effect": "Allow"}]},
        ),
        (
            "statement {\nresources = [null, {}, 1.5]\n}",
            {"Statement": [{"Resource": [UNKNOWN, UNKNOWN, "1.5"], "Effect": "Allow"}]},
        ),
    ],
)
def test_what_is_not_known_of_a_data_source(body: str, expected: Any) -> None:
    found = terraform(f'data "aws_iam_policy_document" "a" {{\n{body}\n}}')
    if expected is None:
        assert found.is_empty
    else:
        assert only(found).value == {"Version": "2012-10-17"} | expected


def kinds(text: str, name: str = "a") -> list[tuple[Kind, str | None]]:
    """The kinds that a data source is taken for."""
    data = f'data "aws_iam_policy_document" "{name}" {{\nstatement {{}}\n}}\n'
    return [
        (each.kind, each.why_kind)
        for each in terraform(data + text).documents
        if each.name == f"data.aws_iam_policy_document.{name}"
    ]


USED = 'resource "{}" "b" {{\n  {} = {}\n}}\n'


@pytest.mark.parametrize(
    ("kind", "attribute", "expected"),
    [
        ("aws_ecr_repository_policy", "policy", Kind.REPOSITORY),
        ("aws_ecr_registry_policy", "policy", Kind.REGISTRY),
        ("aws_iam_role", "assume_role_policy", Kind.RESOURCE),
        ("aws_iam_user_policy", "policy", Kind.IDENTITY),
        ("aws_organizations_policy", "content", Kind.SCP),
        ("aws_vpc_endpoint", "policy", Kind.ENDPOINT),
        ("aws_ecr_repository_creation_template", "repository_policy", Kind.REPOSITORY),
    ],
)
@pytest.mark.parametrize(
    "reference",
    [
        "data.aws_iam_policy_document.a.json",
        "data.aws_iam_policy_document.a[0].minified_json",
        '"${data.aws_iam_policy_document.a.json}"',
        "var.b ? data.aws_iam_policy_document.a.json : null",
    ],
)
def test_a_data_source_is_of_the_kind_that_it_is_used_as(
    kind: str, attribute: str, expected: Kind, reference: str
) -> None:
    assert kinds(USED.format(kind, attribute, reference)) == [(expected, None)]


def test_a_data_source_that_is_used_in_a_block_or_in_another_one() -> None:
    reference = "data.aws_iam_policy_document.a.json"
    inline = f"inline_policy {{\npolicy = {reference}\n}}"
    assert kinds(f'resource "aws_iam_role" "b" {{\n{inline}\n}}') == [(Kind.IDENTITY, None)]
    merged = f'data "aws_iam_policy_document" "c" {{\nsource_policy_documents = [{reference}]\n}}\n'
    used = USED.format("aws_ecr_repository_policy", "policy", reference.replace(".a.", ".c."))
    assert kinds(merged + used) == [(Kind.REPOSITORY, None)]


def test_a_data_source_that_is_used_as_two_kinds() -> None:
    reference = "data.aws_iam_policy_document.a.json"
    used = [
        USED.format(kind, "policy", reference) for kind in ("aws_iam_policy", "aws_vpc_endpoint")
    ]
    assert kinds("".join(used)) == [(Kind.IDENTITY, None), (Kind.ENDPOINT, None)]


def test_a_data_source_that_is_used_elsewhere_is_known_by_its_content() -> None:
    [(kind, why)] = kinds("")
    assert (kind, why) == (Kind.IDENTITY, "no statement has a principal")
    document = only(terraform(DATA))
    assert (document.kind, document.why_kind) == (
        Kind.REGISTRY,
        "it has principals and names repositories",
    )


def test_somebody_may_say_the_kind_of_what_does_not_tell_it_itself() -> None:
    used = DATA + USED.format("aws_ecr_repository_policy", "policy", '"{}"')
    found = reading(used, "main.tf", kind=Kind.ENDPOINT)
    assert [(each.kind, each.why_kind) for each in found.documents] == [
        (Kind.REPOSITORY, None),
        (Kind.ENDPOINT, None),
    ]
    found = reading(used, "main.tf", kind=Kind.LIFECYCLE)
    assert [each.kind for each in found.documents] == [Kind.REPOSITORY, Kind.REGISTRY]


def test_data_sources_that_refer_to_each_other() -> None:
    text = "".join(
        f'data "aws_iam_policy_document" "{name}" {{\n'
        f"source_policy_documents = [data.aws_iam_policy_document.{other}.json]\n}}\n"
        for name, other in (("c", "d"), ("d", "c"), ("e", "nowhere"))
    )
    used = USED.format("aws_ecr_repository_policy", "policy", "data.aws_iam_policy_document.c.json")
    found = {each.name[-1]: each.kind for each in terraform(text + used).documents}
    assert found == {"c": Kind.REPOSITORY, "d": Kind.REPOSITORY, "e": Kind.IDENTITY}


def test_a_local_that_several_use_is_told_once() -> None:
    text = """\
locals {
  text = "{\\"rules\\": [}"
  made = { rules = [] }
}
resource "aws_ecr_lifecycle_policy" "a" {
  policy = jsonencode(local.made)
}
resource "aws_ecr_lifecycle_policy" "b" {
  policy = jsonencode(local.made)
}
resource "aws_ecr_lifecycle_policy" "c" {
  policy = local.text
}
resource "aws_ecr_lifecycle_policy" "d" {
  policy = local.text
}
"""
    found = terraform(text)
    assert [each.name for each in found.documents] == ["aws_ecr_lifecycle_policy.a"]
    assert [place for _, place, _ in misread(found)] == ["2:24"]
    assert at(found.documents[0], "rules") == "3:20 []"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{"a" 1}', "json-syntax-error"),
        ('{"a": 1 "b": ${var.c}}', "json-syntax-error"),
        ('{"a": "b" "c-${var.d}": 1}', None),
        ('{"a": ${var.c} "b": 1}', None),
        ('{"a": [1 ${var.more}]}', None),
        ('{"a": tru${var.e}}', None),
        ('{"a": tru ${var.e}}', "json-syntax-error"),
        ('{"a": "b${var.c}', None),
        ("{${var.members}}", None),
        ('{"${var.a}": 1, "${var.b}": 2}', None),
        ('{"a-${var.a}": 1, "a-${var.b}": 2}', None),
        ('{"a": 1, "a": "${var.b}"}', "duplicate-key"),
    ],
)
def test_what_is_no_json_whatever_comes(body: str, told: str | None) -> None:
    escaped = body.replace('"', '\\"')
    for written in (f'"{escaped}"', f"<<EOF\n{body}\nEOF"):
        found = terraform(f'resource "aws_iam_policy" "a" {{\n  policy = {written}\n}}\n')
        assert [rule for rule, _, _ in misread(found)] == ([told] if told else [])


def test_members_that_stand_twice() -> None:
    found = terraform(
        """\
resource "aws_iam_policy" "a" {
  name = "a"
  policy = jsonencode({
    Statement = [{ Effect = "Deny", Effect = "Allow" }]
    "Version" = "2012-10-17"
    Version   = "2008-10-17"
  })
  name = "b"
}
data "aws_iam_policy_document" "a" {
  statement {
    sid = "a"
    sid = "b"
  }
}
"""
    )
    assert misread(found) == [
        ("duplicate-key", place, f"the member `{name}` stands twice in one object")
        for place, name in (
            ("8:3", "name"),
            ("6:5", "Version"),
            ("4:37", "Effect"),
            ("13:5", "sid"),
        )
    ]
    assert [each.pointer for each in found.misread] == [
        "/name",
        "/Version",
        "/Statement/0/Effect",
        "/statement/0/sid",
    ]
    assert found.documents[0].value["Version"] == "2008-10-17"


def test_what_cannot_be_read() -> None:
    text = 'resource "aws_iam_policy" "a" {\n  policy = 1 1\n}\n'
    assert misread(terraform(text)) == [
        ("json-syntax-error", "2:14", "the text is not HCL: unexpected `1`")
    ]
    assert misread(terraform(text.replace("1 1", '"'))) == [
        ("json-syntax-error", "2:12", "the string is not closed on its line")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# aws_",
        'resource "aws_instance" "a" {\n  user_data = 1 1\n}\n',
        'resource "aws_iam_policy" {\n  policy = "{}"\n}\n',
        'data "aws_iam_policy" "a" {\n  policy = "{}"\n}\n',
        'data "aws_ecr_lifecycle_policy_document" "a" {}\n',
        'output "aws_iam_policy" {\n  policy = "{}"\n}\n',
        'aws_iam_policy = { policy = "{}" }\n',
        'resource "aws_ecr_lifecycle_policy" "a" {}\n',
    ],
)
def test_files_with_nothing_to_lint(text: str) -> None:
    assert terraform(text).is_empty


def test_lines_that_end_as_on_windows() -> None:
    document = only(terraform(LIFECYCLE.replace("\n", "\r\n")))
    assert document.value == only(terraform(LIFECYCLE)).value
    assert at(document, "rules", 0, "action") == '16:21 {"type": "expire"}'
    assert only(terraform("\ufeff" + LIFECYCLE)).value == document.value


IGNORED = """\
resource "aws_ecr_repository_policy" "a" {HEAD
  policy = jsonencode({NAME
    Statement = [ABOVE
      { Action = "ecr:*", Principal = "*" },LINE
    ]
  })
}
"""


@pytest.mark.parametrize("mark", ["#", "//", "/*"])
@pytest.mark.parametrize(
    ("place", "is_silenced"),
    [("HEAD", True), ("NAME", True), ("LINE", True), ("ABOVE", True), ("", False)],
)
def test_comments_that_silence(mark: str, place: str, is_silenced: bool) -> None:
    comment = f" {mark} ecrpolicy: ignore[missing-effect] why{' */' if mark == '/*' else ''}"
    text = IGNORED
    for each in ("HEAD", "NAME", "ABOVE", "LINE"):
        above = "\n" if each == "ABOVE" else ""
        text = text.replace(each, f"{above}{comment}" if each == place else "")
    context = Context(Selection(select=frozenset({"missing-effect", "linter"})))
    found = [each.rule for each in lint(terraform(text), context)]
    assert found == ([] if is_silenced else ["missing-effect"])


_WORDS = st.sampled_from(
    [
        'resource "aws_iam_policy" "a" ',
        'data "aws_iam_policy_document" "a" ',
        "locals ",
        "policy = ",
        "jsonencode(",
        "statement ",
        "dynamic ",
        "<<-EOF\n",
        "<<EOF\n",
        "EOF\n",
        "${",
        "%{",
        "$${",
        *'{}[]()",=:#?*.-!\\\n\r\t 1aé',
        "for ",
        "local.a",
        "/*",
        "//",
    ]
)


@given(st.lists(_WORDS, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    check(terraform(f'resource "aws_iam_policy" "b" {{\n  policy = {text}\n}}\n'))
    check(terraform(f"{text} aws_iam_policy"))


def check(found: Reading) -> None:
    """All places are in the text, and rules can be asked."""
    for each in lint(found, Context()):
        assert 0 <= each.span.start <= each.span.end <= len(each.source.text)
        assert str(each.finding)
        assert isinstance(each.changes, tuple)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "{a=" * 5000,
        '"${' * 5000,
        "(" * 90 + ")" * 90,
        "a" + ".b" * 5000,
        "1" + " + 1" * 5000,
        "a ? b : " * 500 + "c",
        "!" * 5000,
        "<<EOF\n" + "x\n" * 200_000 + "EOF",
    ],
    ids=range(9),
)
def test_what_is_deep_or_long(text: str) -> None:
    check(terraform(f'resource "aws_iam_policy" "b" {{\n  policy = {text}\n}}\n'))


def test_what_looks_like_a_comment_in_a_string_is_none() -> None:
    text = """\
resource "aws_ecr_repository_policy" "a" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = "*", Action = "ecr:Foo # ecrpolicy: ignore[iam]" },
      { Effect = "Allow", Principal = "*", Action = "ecr:Bar" }, # ecrpolicy: ignore[iam]
    ]
  })
}
"""
    selection = Selection(frozenset({"invalid-action", "linter"}))
    told = lint(reading(text, "main.tf"), Context(selection))
    assert [each.pointer for each in told] == ["/Statement/0/Action"]


def test_files_of_opentofu_are_read_too() -> None:
    text = 'resource "aws_ecr_lifecycle_policy" "a" {\n  policy = jsonencode({ rules = [] })\n}\n'
    assert only(reading(text, "main.tofu")).value == {"rules": []}
