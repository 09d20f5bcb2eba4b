"""Templates of CloudFormation and SAM: which documents are in them, where, what is not known."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.edit import Remove, Replace
from ecrpolicy.lint.engine import Context, lint
from ecrpolicy.lint.found import Reading
from ecrpolicy.lint.json_edits import changed
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.selection import Selection
from tests.sources.placed import at, misread, only, reading, values


def template(text: str, file: str = "template.yaml", *, is_named: bool = True) -> Reading:
    return reading(text, file, is_named=is_named)


WEB = """\
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Team:
    Type: String
Resources:
  Web:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: !Sub "${Team}-web"
      LifecyclePolicy:
        LifecyclePolicyText: !Sub |
          {
            "rules": [
              {
                "rulePriority": 1,
                "selection": {
                  "tagStatus": "tagged",
                  "tagPrefixList": ["${Team}-", "main-"],
                  "countType": "imageCountMoreThan",
                  "countNumber": ${Keep}
                },
                "action": {"type": "expire"}
              }
            ]
          }
      RepositoryPolicyText:
        Version: 2012-10-17
        Statement:
          - Sid: pull
            Effect: Allow
            Principal:
              AWS: [111122223333, !Ref Account]
            Action:
              - ecr:BatchGetImage
          - !If [IsPublic, !Ref Public, !Ref AWS::NoValue]
"""


def test_a_repository() -> None:
    found = template(WEB)
    assert values(found) == {
        "Web.LifecyclePolicyText": {
            "rules": [
                {
                    "rulePriority": 1,
                    "selection": {
                        "tagStatus": "tagged",
                        "tagPrefixList": [UNKNOWN, "main-"],
                        "countType": "imageCountMoreThan",
                        "countNumber": UNKNOWN,
                    },
                    "action": {"type": "expire"},
                }
            ]
        },
        "Web.RepositoryPolicyText": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "pull",
                    "Effect": "Allow",
                    "Principal": {"AWS": ["111122223333", UNKNOWN]},
                    "Action": ["ecr:BatchGetImage"],
                },
                UNKNOWN,
            ],
        },
    }
    lifecycle, repository = found.documents
    assert (lifecycle.kind, repository.kind) == (Kind.LIFECYCLE, Kind.REPOSITORY)
    assert (lifecycle.text, repository.text) == (None, None)
    selection = ("rules", 0, "selection")
    assert at(lifecycle, *selection, "tagStatus") == '17:32 "tagged"'
    assert at(lifecycle, *selection, "tagStatus", at_name=True) == '17:19 "tagStatus"'
    assert at(lifecycle, *selection, "tagStatus", offset=1) == "17:34 a"
    assert at(lifecycle, *selection, "tagPrefixList", 1) == '18:49 "main-"'
    assert at(lifecycle, *selection, "countNumber") == "20:34 ${Keep}"
    first = ("Statement", 0)
    assert at(repository, *first, "Principal", "AWS", 0) == "32:21 111122223333"
    assert at(repository, *first, "Action", at_name=True) == "33:13 Action"
    assert at(repository, *first, "Action", 0, offset=4) == "34:21 B"
    assert at(repository, "Statement", 1).startswith("35:13 !If [")
    lines = {lifecycle.source.line_and_column(each)[0] for each in lifecycle.anchors}
    assert lines == {6, 11}


def test_a_block_is_mended_where_it_stands() -> None:
    document = template(WEB).documents[0]
    selection = ("rules", 0, "selection")
    changes = document.places.changes(
        [
            Remove((*selection, "tagStatus")),
            Replace(("rules", 0, "action"), {"type": "expire", "names": ["x" * 40, "y" * 40]}),
        ]
    )
    assert changes is not None
    made = changed(WEB, changes)
    assert made == WEB.replace('"tagStatus": "tagged",\n                  ', "").replace(
        '{"type": "expire"}',
        f"""{{
                  "type": "expire",
                  "names": [
                    "{"x" * 40}",
                    "{"y" * 40}"
                  ]
                }}""",
    )
    assert document.places.changes([Remove((*selection, "tagPrefixList", 0))]) is None
    assert template(WEB).documents[1].places.changes([Remove(("Version",))]) is None


def test_the_same_in_json() -> None:
    value = {
        "Resources": {
            "Web": {
                "Type": "AWS::ECR::Repository",
                "Properties": {
                    "LifecyclePolicy": {
                        "LifecyclePolicyText": {"Fn::Sub": '{"rules": "${a} ${!b}", "c": ${d}}'}
                    },
                    "RepositoryPolicyText": {
                        "Version": "2012-10-17",
                        "Statement": [
                            {"Principal": {"AWS": {"Ref": "a"}}, "Action": "ecr:\u00e9"},
                            {"Fn::If": ["a", "b", {"Ref": "AWS::NoValue"}]},
                        ],
                    },
                },
            }
        }
    }
    for text in (json.dumps(value), json.dumps(value, indent=2, ensure_ascii=False)):
        for file in ("a.json", "a.template", "b.yaml"):
            found = template(text, file)
            assert values(found) == {
                "Web.LifecyclePolicyText": {"rules": UNKNOWN, "c": UNKNOWN},
                "Web.RepositoryPolicyText": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Principal": {"AWS": UNKNOWN}, "Action": "ecr:é"},
                        UNKNOWN,
                    ],
                },
            }
            action = at(found.documents[1], "Statement", 0, "Action", offset=4)
            assert action.split(maxsplit=1)[1] in ("é", "\\u00e9") or file == "b.yaml"
            assert at(found.documents[0], "c").split(maxsplit=1)[1] == "${d}" or file == "b.yaml"


def resource(kind: str, properties: str) -> str:
    inner = properties.strip("\n").replace("\n", "\n      ")
    return f"Resources:\n  A:\n    Type: {kind}\n    Properties:\n      {inner}\n"


STATEMENT = "Version: 2012-10-17\n  Statement: []"
POLICY: Any = {"Version": "2012-10-17", "Statement": []}


@pytest.mark.parametrize(
    ("kind", "member", "expected", "name"),
    [
        ("AWS::ECR::RegistryPolicy", "PolicyText", Kind.REGISTRY, "A"),
        ("AWS::IAM::ManagedPolicy", "PolicyDocument", Kind.IDENTITY, "A"),
        ("AWS::IAM::Policy", "PolicyDocument", Kind.IDENTITY, "A"),
        ("AWS::IAM::RolePolicy", "PolicyDocument", Kind.IDENTITY, "A"),
        ("AWS::IAM::UserPolicy", "PolicyDocument", Kind.IDENTITY, "A"),
        ("AWS::IAM::GroupPolicy", "PolicyDocument", Kind.IDENTITY, "A"),
        ("AWS::EC2::VPCEndpoint", "PolicyDocument", Kind.ENDPOINT, "A"),
        (
            "AWS::IAM::Role",
            "AssumeRolePolicyDocument",
            Kind.RESOURCE,
            "A.AssumeRolePolicyDocument",
        ),
        (
            "AWS::Serverless::Function",
            "AssumeRolePolicyDocument",
            Kind.RESOURCE,
            "A.AssumeRolePolicyDocument",
        ),
    ],
)
def test_every_type_and_its_kind(kind: str, member: str, expected: Kind, name: str) -> None:
    document = only(template(resource(kind, f"{member}:\n  {STATEMENT}")))
    assert (document.kind, document.name, document.value) == (expected, name, POLICY)
    text = json.dumps(POLICY)
    document = only(template(resource(kind, f"{member}: '{text}'")))
    assert (document.kind, document.value, document.text) == (expected, POLICY, text)
    assert template(resource(kind, f"{member}: !Ref Policy")).is_empty
    assert template(resource(kind, f"{member}: !Sub '${{Policy}}'")).is_empty


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("SERVICE_CONTROL_POLICY", Kind.SCP),
        ("RESOURCE_CONTROL_POLICY", Kind.RCP),
        ("TAG_POLICY", None),
        ("!Ref Type", None),
    ],
)
def test_policies_of_an_organization(told: str, kind: Kind | None) -> None:
    text = resource("AWS::Organizations::Policy", f"Type: {told}\nContent:\n  {STATEMENT}")
    assert [each.kind for each in template(text).documents] == ([] if kind is None else [kind])


def test_policies_in_roles_and_functions() -> None:
    inline = (
        f"Policies:\n- PolicyName: a\n  PolicyDocument:\n    {STATEMENT.replace('  S', '    S')}"
    )
    document = only(template(resource("AWS::IAM::Role", inline)))
    assert (document.kind, document.name) == (Kind.IDENTITY, "A.Policies.0")
    given = f"Policies:\n- AWSLambdaExecute\n- S3ReadPolicy: {{BucketName: a}}\n- {STATEMENT}"
    document = only(template(resource("AWS::Serverless::Function", given)))
    assert (document.kind, document.name) == (Kind.IDENTITY, "A.Policies.2")
    document = only(template(resource("AWS::Serverless::StateMachine", given)))
    assert (document.kind, document.name) == (Kind.IDENTITY, "A.Policies.2")
    alone = only(template(resource("AWS::Serverless::Function", f"Policies:\n  {STATEMENT}")))
    assert alone.name == "A.Policies.0"
    assert template(resource("AWS::Serverless::Function", "Policies: AWSLambdaExecute")).is_empty


def test_settings() -> None:
    document = only(
        template(
            resource(
                "AWS::ECR::ReplicationConfiguration",
                """\
ReplicationConfiguration:
  Rules:
    - Destinations:
        - Region: eu-west-1
          RegistryId: 111122223333
        - Region: !Ref AWS::Region
          RegistryId: !Ref AWS::AccountId
      RepositoryFilters:
        - {Filter: prod/, FilterType: PREFIX_MATCH}
""",
            )
        )
    )
    assert document.kind is Kind.REPLICATION
    assert document.value == {
        "rules": [
            {
                "destinations": [
                    {"region": "eu-west-1", "registryId": "111122223333"},
                    {"region": UNKNOWN, "registryId": UNKNOWN},
                ],
                "repositoryFilters": [{"filter": "prod/", "filterType": "PREFIX_MATCH"}],
            }
        ]
    }
    first = ("rules", 0, "destinations", 0, "registryId")
    assert at(document, *first, at_name=True) == "9:17 RegistryId"
    scanning = resource(
        "AWS::ECR::RegistryScanningConfiguration", "ScanType: ENHANCED\nRules: !Ref Rules"
    )
    assert only(template(scanning)).value == {"scanType": "ENHANCED", "rules": UNKNOWN}


def test_cache_rules_and_templates() -> None:
    document = only(
        template(
            resource(
                "AWS::ECR::PullThroughCacheRule",
                "EcrRepositoryPrefix: hub\nUpstreamRegistryUrl: !Ref Url\nOther: a",
            )
        )
    )
    assert (document.kind, document.value) == (
        Kind.CACHING,
        {"pullThroughCacheRules": [{"ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": UNKNOWN}]},
    )
    found = template(
        resource(
            "AWS::ECR::RepositoryCreationTemplate",
            """\
Prefix: ROOT
AppliedFor: [REPLICATION]
EncryptionConfiguration: {EncryptionType: KMS}
ResourceTags:
  - {Key: a, Value: 1}
RepositoryPolicy: "{}"
LifecyclePolicy:
  Fn::ToJsonString:
    rules: []
""",
        )
    )
    assert values(found) == {
        "A": {
            "repositoryCreationTemplates": [
                {
                    "prefix": "ROOT",
                    "appliedFor": ["REPLICATION"],
                    "encryptionConfiguration": {"encryptionType": "KMS"},
                    "resourceTags": [{"Key": "a", "Value": "1"}],
                    "repositoryPolicy": UNKNOWN,
                    "lifecyclePolicy": UNKNOWN,
                }
            ]
        },
        "A.RepositoryPolicy": {},
        "A.LifecyclePolicy": {"rules": []},
    }


def test_names_that_stand_twice() -> None:
    text = """\
Resources:
  A:
    Type: AWS::ECR::RegistryPolicy
    Properties:
      PolicyText:
        Version: 2012-10-17
        Version: 2008-10-17
      PolicyText:
        Statement:
          - {Effect: Deny, Effect: Allow}
  B:
    Type: AWS::SQS::Queue
    Properties: {a: 1, a: 2}
  A:
    Type: AWS::ECR::RegistryPolicy
    Type: AWS::ECR::RegistryPolicy
    Properties:
      PolicyText:
        Statement:
          - {Effect: Deny, Effect: Allow}
      PolicyText:
        Statement:
          - {Effect: Deny, Effect: Allow}
"""
    assert misread(template(text)) == [
        ("duplicate-key", place, f"the member `{name}` stands twice in one object")
        for place, name in (
            ("14:3", "A"),
            ("16:5", "Type"),
            ("21:7", "PolicyText"),
            ("23:28", "Effect"),
        )
    ]


def test_loops_do_not_hide_what_stands_beside_them() -> None:
    text = resource("AWS::ECR::RegistryPolicy", "PolicyText: '{}'").replace(
        "Resources:\n",
        "Resources:\n  Fn::ForEach::Names:\n    - Name\n    - [a]\n    - {'${Name}': {}}\n",
    )
    assert only(template(f"Transform: AWS::LanguageExtensions\n{text}")).value == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---\n",
        "Resources: 'AWS::'\n",
        "Resources: [AWS::ECR::Repository]\n",
        "Resources:\n  A: AWS::ECR::Repository\n",
        "Resources:\n  A: {Type: [AWS::ECR::Repository], Properties: {}}\n",
        "Resources:\n  A: {Type: AWS::ECR::Repository}\n",
        "Resources:\n  A: {Type: AWS::ECR::Repository, Properties: !Ref A}\n",
        "Resources:\n  A: {Type: AWS::SQS::QueuePolicy, Properties: {PolicyDocument: {}}}\n",
        "- AWS::Resources\n",
        "AWS::Resources",
        "kind: ConfigMap\ndata: {Resources: 'AWS::'}\n---\nkind: Secret\n",
    ],
)
def test_files_with_nothing_to_lint(text: str) -> None:
    assert template(text).is_empty


def test_several_templates_in_a_file() -> None:
    text = resource("AWS::ECR::RegistryPolicy", 'PolicyText: \'{"Id": "a"}\'')
    found = template(f"{text}---\n{text.replace('  A:', '  B:')}")
    assert list(values(found)) == ["A", "B"]


BROKEN = resource("AWS::ECR::RegistryPolicy", "PolicyText: {Version: [}")


def test_what_is_not_yaml() -> None:
    told = [
        (
            "json-syntax-error",
            "5:30",
            "the text is not YAML: expected the node content, but found '}'",
        )
    ]
    assert misread(template(BROKEN)) == told
    assert misread(template(BROKEN, is_named=False)) == told
    tabs = BROKEN.replace("      PolicyText", "\tPolicyText")
    assert [place for _, place, _ in misread(template(tabs))] == ["5:1"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Resources:", "{{ if .Values.web }}\nResources:"),
        ("A:", "{% for a in b %}\n  A:"),
        ("Resources:", "a:\n Resources:"),
        ("AWS::ECR::RegistryPolicy", "'{{ .type }}' # AWS::"),
    ],
)
def test_what_other_tools_make_templates_of_is_passed_over_in_directories(
    old: str, new: str
) -> None:
    text = BROKEN.replace(old, new, 1)
    assert template(text, is_named=False).is_empty
    assert len(template(text).misread) == 1


def test_dynamic_references_are_cloudformations_own() -> None:
    text = BROKEN.replace("Version: [", "Sid: '{{resolve:ssm:a}}', Version: [")
    assert len(template(text, is_named=False).misread) == 1


def test_errors_in_a_policy_that_is_text() -> None:
    text = resource("AWS::ECR::RegistryPolicy", 'PolicyText: |\n  {"Version": "2012-10-17",\n  }')
    [(rule, place, _)] = misread(template(text))
    assert (rule, place) == ("json-syntax-error", "7:9")
    sub = resource("AWS::ECR::RegistryPolicy", 'PolicyText: !Sub |\n  {"A": ${a} "B": ${b}}')
    assert template(sub).is_empty


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_that_end_as_on_windows(line_end: str) -> None:
    found = template("\ufeff" + WEB.replace("\n", line_end))
    assert values(found) == values(template(WEB))
    action = at(found.documents[1], "Statement", 0, "Action", 0)
    assert action == "34:17 ecr:BatchGetImage"
    status = at(found.documents[0], "rules", 0, "selection", "tagStatus")
    assert status == '17:32 "tagged"'


IGNORED = """\
Resources:
  A:HEAD
    Type: AWS::ECR::RegistryPolicy
    Properties:
      PolicyText:
        Statement:
          ABOVE
          - {Action: "ecr:*", Principal: "*"}LINE
"""


@pytest.mark.parametrize(
    ("place", "is_silenced"), [("HEAD", True), ("LINE", True), ("ABOVE", True), ("", False)]
)
def test_comments_that_silence(place: str, is_silenced: bool) -> None:
    text = IGNORED
    for each in ("HEAD", "ABOVE", "LINE"):
        comment = " # ecrpolicy: ignore[missing-effect] why"
        text = (
            text.replace(each, comment.lstrip() if each == "ABOVE" else comment)
            if (each == place)
            else text.replace(each, "")
        )
    context = Context(Selection(select=frozenset({"missing-effect", "linter"})))
    for file in ("template.yaml", "a.yml", "a.template"):
        found = [each.rule for each in lint(template(text, file), context)]
        assert found == ([] if is_silenced else ["missing-effect"])


_ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["a", "{}", "${a}", "SERVICE_CONTROL_POLICY"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["Fn::Sub", "Ref", "Fn::ToJsonString", "Statement", "PolicyDocument", "Rules", "a"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "AssumeRolePolicyDocument",
                "Content",
                "LifecyclePolicy",
                "Policies",
                "PolicyDocument",
                "PolicyText",
                "ReplicationConfiguration",
                "RepositoryPolicyText",
                "ResourceTags",
                "Rules",
                "Type",
            ]
        ),
        _ODD,
        max_size=4,
    ),
    st.sampled_from(
        [
            "ECR::Repository",
            "ECR::RegistryPolicy",
            "ECR::ReplicationConfiguration",
            "ECR::RegistryScanningConfiguration",
            "ECR::PullThroughCacheRule",
            "ECR::RepositoryCreationTemplate",
            "IAM::Role",
            "Organizations::Policy",
            "Serverless::Function",
        ]
    ),
)
def test_resources_of_any_shape_are_read(properties: Any, kind: str) -> None:
    value = {"Resources": {"A": {"Type": f"AWS::{kind}", "Properties": properties}}}
    text = json.dumps(value, indent=1)
    told = []
    for file in ("a.json", "a.yaml"):
        found = lint(template(text, file), Context())
        for each in found:
            assert 0 <= each.span.start <= each.span.end <= len(text)
            assert isinstance(each.changes, tuple)
        told.append({(each.rule, each.pointer) for each in found})
    assert told[0] == told[1]


@given(st.text(alphabet="{}[]-:,#&*!|>'\"%?\n \ta1é", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, resource("AWS::ECR::RegistryPolicy", f"PolicyText: {text}")):
        for each in lint(template(f"# Resources AWS::\n{whole}"), Context()):
            assert 0 <= each.span.start <= each.span.end <= len(each.source.text)
            assert str(each.finding)


PUBLIC = """\
Resources:
  A:
    Type: AWS::ECR::Repository
    Properties:
      BEFORE
      RepositoryPolicyText: BEHIND
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: "*", Action: ecr:ListImages}]
"""
IGNORE = "# ecrpolicy: ignore[public-access]"


@pytest.mark.parametrize(
    ("before", "behind"), [("RepositoryName: a", IGNORE), (IGNORE, ""), ("", "")]
)
def test_a_comment_at_the_name_of_an_attribute_is_about_its_policy(
    before: str, behind: str
) -> None:
    text = PUBLIC.replace("BEFORE", before).replace("BEHIND", behind)
    selection = Selection(frozenset({"public-access", "linter"}))
    told = [each.rule for each in lint(template(text), Context(selection))]
    assert told == ([] if IGNORE in text else ["public-access"])


def test_what_looks_like_a_comment_in_a_text_is_none() -> None:
    text = PUBLIC.replace("ecr:ListImages", f'"ecr:Foo {IGNORE.replace("public-access", "iam")}"')
    selection = Selection(frozenset({"invalid-action", "linter"}))
    told = lint(template(text.replace("BEFORE", "").replace("BEHIND", "")), Context(selection))
    assert [each.rule for each in told] == ["invalid-action"]


def test_a_comment_may_stand_at_the_head_of_a_block_of_text() -> None:
    text = """\
Resources:
  A:
    Type: AWS::ECR::Repository
    Properties:
      LifecyclePolicy:
        LifecyclePolicyText: |  # ecrpolicy: ignore[lifecycle]
          {"rules": []}
"""
    assert lint(template(text), Context()) == []


def test_the_policies_of_a_template_are_told_of_once() -> None:
    text = """\
Resources:
  A:
    Type: AWS::ECR::RepositoryCreationTemplate
    Properties:
      Prefix: ROOT
      AppliedFor: [REPLICATION]
      LifecyclePolicy: '{"rules": []}'
"""
    told = sorted(each.rule for each in lint(template(text), Context()))
    assert told == ["no-rules", "policy-length"]
