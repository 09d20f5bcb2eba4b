"""What the settings of random registries are made of: values that fit, and values that do not."""

from typing import Any, Final

HOME: Final = "111122223333"
OTHER: Final = "444455556666"
THIRD: Final = "777788889999"
ACCOUNTS: Final = (HOME, OTHER, THIRD)
REGIONS: Final = ("us-east-1", "us-west-2", "eu-west-1")
CHINA: Final = ("cn-north-1", "cn-northwest-1")

# Names begin, end and go on alike.
NAMES: Final = (
    *("web", "prod", "prod/web", "prod/web/api", "prod-web", "production/web", "team/prod", "te"),
    *("team/prod/web", "web/prod", "web.prod", "prod__web", "proprod", "quay/prod/web", "quay"),
)
CAUSES: Final = ("PULL_THROUGH_CACHE", "REPLICATION", "CREATE_ON_PUSH")
DURATIONS: Final = (
    *("LIFETIME", "DAYS_180", "DAYS_90", "DAYS_60", "DAYS_30", "DAYS_14", "DAYS_7", "DAYS_3"),
)
CACHE_ACTIONS: Final = (
    *("ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
    *("ecr:BatchImportUpstreamImage", "ecr:CreateRepository", "ecr:CreatePullThroughCacheRule"),
    *("ecr:*", "ecr:*", "ecr:Batch*", "ecr:Get*", "ecr:Create*", "ecr:PutImage"),
)
MUTABILITIES: Final = (
    *("MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"),
)
DIGESTS: Final = tuple("sha256:" + digit * 64 for digit in "abc")
TAGS: Final = ("v1", "v2", "v1-rc", "latest", "v-1-rc", "rc")
TAG_FILTERS: Final = ("v1", "v*", "*-rc", "v*-*", "latest", "*", "**", "v*rc", "*1*")
PREFIXES: Final = (
    *("prod", "prod/", "prod/web", "team", "team/prod/", "quay", "web", "pro", "ROOT", "ROOT/"),
)
REPLICATION_FILTERS: Final = (
    *("prod", "prod/", "prod-", "team/", "team/prod", "we", "web.", "quay/prod/web", "xx", "pr"),
)

# Context keys with values: what follows from the caller, and what nobody knows.
CONDITIONS: Final = (
    ("aws:PrincipalAccount", *ACCOUNTS, "${aws:PrincipalAccount}", "${aws:PrincipalOrgID}"),
    ("aws:principalaccount", *ACCOUNTS),
    ("aws:PrincipalArn", f"arn:aws:iam::{HOME}:role/*", "*/AWSServiceRoleForECRReplication"),
    ("aws:PrincipalType", "AssumedRole", "User"),
    ("aws:PrincipalIsAWSService", "true", "false"),
    ("aws:ResourceAccount", *ACCOUNTS),
    ("aws:username", "alice", "*"),
    ("aws:PrincipalOrgID", "o-1", "*"),
    ("aws:SourceAccount", *ACCOUNTS),
    ("aws:ViaAWSService", "true", "false"),
    ("aws:PrincipalTag/team", "a", "*"),
    ("aws:ResourceTag/team", "a", "b", "${aws:PrincipalTag/team}"),
    ("ecr:ResourceTag/team", "a", "b"),
    ("aws:RequestTag/team", "a"),
    ("aws:TagKeys", "team"),
    ("ecr:CreateAction", "a"),
)
OPERATORS: Final = (
    *("StringEquals", "StringEquals", "StringNotEquals", "StringLike", "StringEqualsIfExists"),
    *("StringNotLikeIfExists", "Null", "ForAllValues:StringLike", "ForAnyValue:StringEquals"),
)
VARIABLES: Final = (
    *("${aws:PrincipalAccount}", "${aws:PrincipalTag/team}", "prod/${aws:PrincipalOrgID}"),
    *("${aws:username}", "${aws:PrincipalTag/team}/web", "${aws:ResourceTag/team}*"),
)

# URL, its name in the API, and whether it asks for a secret.
UPSTREAMS: Final = (
    ("public.ecr.aws", "ecr-public", False),
    ("quay.io", "quay", False),
    ("registry.k8s.io", "k8s", False),
    ("registry-1.docker.io", "docker-hub", True),
    ("ghcr.io", "github-container-registry", True),
    ("registry.gitlab.com", "gitlab-container-registry", True),
    ("cgr.dev", "chainguard", True),
    ("team.azurecr.io", "azure-container-registry", True),
    (f"{HOME}.dkr.ecr.eu-west-1.amazonaws.com", "ecr", False),
    (f"{OTHER}.dkr.ecr.eu-west-1.amazonaws.com", "ecr", False),
)

# By the member that they stand in: what is nearly right, or at the edge of what is right.
_LONG_PREFIX: Final = "a" * 24 + "/b-"
_SECRET: Final = f"arn:aws:secretsmanager:us-east-1:{HOME}:secret:ecr-pullthroughcache/"
_KEY: Final = f"arn:aws:kms:us-east-1:{HOME}:key/"
_ROLE: Final = f"arn:aws:iam::{HOME}:role/"
ODD: Final[dict[str, tuple[Any, ...]]] = {
    "filter": (
        *("", "a", "*", "**", "Prod", "prod?", "-prod", "prod-", "/prod", "prod/", "a--b", "a/*"),
        *("a" * 255, "a" * 256, "a" * 257, "A" * 257, "a.-b", ".", "/", "a//b", "a/-b/c", "*" * 4),
        *("*-*", "v*-*", "v*-*-*", "V_1.2-*", "a b", "prod\n", "é", "$", "a" * 128, "a" * 129),
    ),
    "repositoryFilters": ([],),
    "imageTagMutabilityExclusionFilters": ([],),
    "filterType": ("WILDCARD", "PREFIX_MATCH", "wildcard", "", "PREFIX"),
    "scanFrequency": ("SCAN_ON_PUSH", "CONTINUOUS_SCAN", "MANUAL", "DAILY", "scan_on_push", ""),
    "scanType": ("BASIC", "ENHANCED", "enhanced", "NONE", ""),
    "region": ("us-east-1", "cn-north-1", "us-gov-west-1", "us-east-9", "EU-WEST-1", "", "global"),
    "registryId": (HOME, OTHER, "1111222233333", "11112222333", "", "٠" * 12, " " * 12),
    "prefix": (
        *("", "a", "A", "root", "ROOT", "ROOT/", "prod//", "/prod", "prod/", "a-", "a--b", "a___b"),
        *("a" * 255 + "/", "a" * 256 + "/", "a" * 257, "a..b", "a.b", "a/b/c", "é", "*", "prod\n"),
    ),
    "ecrRepositoryPrefix": (
        *("", "a", "ab", "Prod", "root", "ROOT/", "prod//", "prod/", "a_", "a__b", "a___b", "a.-b"),
        *("a" * 30, "a" * 31, "a" * 29 + "/", "a" * 30 + "/", f"{_LONG_PREFIX}c", _LONG_PREFIX),
    ),
    "upstreamRepositoryPrefix": ("a", "ab", "ab/", "ROOT", "root", "a" * 31, "a/b", "a//b", ""),
    "upstreamRegistryUrl": (
        *("example.com", "https://quay.io", "quay.io/", "QUAY.IO", "", "team.azurecr.io.example"),
        *("docker.io", "a_b.azurecr.io", ".azurecr.io", "a.b.azurecr.io", "team.azurecr.io"),
        f"{HOME}.dkr.ecr.us-east-9.amazonaws.com",
        f"{HOME}.dkr.ecr.us-east-1.amazonaws.com.cn",
        f"{HOME}.dkr.ecr.cn-north-1.amazonaws.com",
        f"{HOME}.dkr.ecr.cn-north-1.amazonaws.com.cn",
        f"{HOME}.dkr.ecr-fips.us-east-1.amazonaws.com",
        f"{HOME[1:]}.dkr.ecr.us-east-1.amazonaws.com",
        f"{THIRD}.dkr.ecr.us-east-1.amazonaws.com",
    ),
    "upstreamRegistry": ("ecr", "ecr-public", "quay", "docker-hub", "k8s", "dockerhub", ""),
    "credentialArn": (
        f"arn:aws:secretsmanager:us-east-1:{HOME}:secret:ecr-pullthroughcache/team-a1b2c3",
        f"arn:aws:secretsmanager:us-west-2:{HOME}:secret:ecr-pullthroughcache/team-a1b2c3",
        f"arn:aws:secretsmanager:us-east-1:{OTHER}:secret:ecr-pullthroughcache/team-a1b2c3",
        f"arn:aws:secretsmanager:us-east-1:{HOME}:secret:team/ecr-pullthroughcache-a1b2c3",
        f"arn:aws:secretsmanager:us-east-1:{HOME}:secret:ecr-pullthroughcache/",
        f"arn:aws:secretsmanager:us-east-1:{HOME}:secret:ecr-pullthroughcache/a b",
        *(f"{_SECRET}{'a' * (length - len(_SECRET))}" for length in (612, 613)),
        *("arn:aws:secretsmanager:x:y:secret:ecr-pullthroughcache/a", "team", ""),
    ),
    "customRoleArn": (
        *(f"arn:aws:iam::{account}:role/cache" for account in (HOME, OTHER)),
        *(f"{_ROLE}{'a' * (length - len(_ROLE))}" for length in (2048, 2049)),
        *("cache", "", "arn:aws:iam::1:role/cache"),
    ),
    "description": ("", "a" * 256, "a" * 257, "é"),
    "appliedFor": ([], ["REPLICATION", "REPLICATION"], ["PULL"], ["REPLICATION", 1], "REPLICATION"),
    "encryptionType": ("AES256", "KMS", "KMS_DSSE", "aes256", "", "NONE"),
    "kmsKey": (
        f"arn:aws:kms:us-east-1:{HOME}:key/1234",
        f"arn:aws:kms:us-east-1:{HOME}:alias/team",
        *(f"{_KEY}{'a' * (length - len(_KEY))}" for length in (2048, 2049)),
        *("1234", "", "a" * 2049),
    ),
    "imageTagMutability": (*MUTABILITIES, "mutable", "", "IMMUTABLE_WITHOUT"),
    "Key": (
        *("team", "Team", "aws:team", "AWS:team", "aws", "", "a" * 128, "a" * 129, "é ü", "a\tb"),
        *("a%b", "a+b-c=d._:/@", "٣", "😀", "a\u00a0b"),
    ),
    "Value": ("", "a" * 256, "a" * 257, "aws:x", "Aws:", "a,b", "a\nb", "ß", "１", "a&b", " "),
}

# In place of any value.
ANY: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 1.5, "", "x", "REPLICATION", [], {}, [None], ["x"], [{}], [[]]),
    *({"filter": "prod"}, {"enabled": "true"}, {"enabled": True}, {"enabled": None}),
)
# In place of any member's name, and beside it.
MEMBERS: Final = (
    *("rules", "scanType", "repositoryFilters", "filter", "filterType", "region", "registryId"),
    *("prefix", "Key", "value", "deleteReplication", "createdAt", "unknown", "a/b", "m~n", ""),
)
# What a list is filled with: too many of it, all of them alike or each unlike the others.
MANY: Final = (2, 3, 6, 11, 26, 51, 101, 101)
