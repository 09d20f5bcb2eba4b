"""What random policies and requests of `tests.iam_cases` are made of.

Everything stands close to something else: names that differ by their case or their path, patterns
that stop just before a colon, numbers and dates of every spelling, each with malformed ones.
"""

from typing import Any

HERE, THERE = "111122223333", "444455556666"
REPOSITORY = f"arn:aws:ecr:us-east-1:{HERE}:repository/"
SERVICES = ("codebuild.amazonaws.com", "replication.ecr.amazonaws.com")
PROVIDERS = ("accounts.google.com", f"arn:aws:iam::{HERE}:saml-provider/x")

# Callers


def _callers_of(account: str) -> tuple[str, ...]:
    return (
        f"arn:aws:iam::{account}:root",
        f"arn:aws:iam::{account}:user/team/Bob",
        f"arn:aws:iam::{account}:user/bob",
        f"arn:aws:iam::{account}:role/p/Dev",
        f"arn:aws:iam::{account}:role/Dev",
        f"arn:aws:sts::{account}:assumed-role/Dev/s1",
        f"arn:aws:sts::{account}:assumed-role/dev/S1",
        f"arn:aws:sts::{account}:federated-user/fed",
    )


def _named_in(account: str) -> tuple[str, ...]:
    return (
        account,
        *_callers_of(account),
        f"arn:aws:iam::{account}:role/q/dEV",
        f"arn:aws:iam::{account}:role/p/dEV",
        f"arn:aws:sts::{account}:assumed-role/Dev/S1",
        f"arn:aws:iam::{account}:user/team/bob",
    )


CALLERS: tuple[str | None, ...] = (
    *(_callers_of(HERE) * 2),
    *(each.replace("arn:aws:", "arn:aws-cn:") for each in _callers_of(HERE)[3:6]),
    *_callers_of(THERE),
    *(SERVICES * 3),
    *(None,) * 3,
)
PRINCIPALS = (
    *("*", *_named_in(HERE), *_named_in(THERE), "AIDAEXAMPLEEXAMPLE", "AROAEXAMPLEEXAMPLE"),
    *(f"arn:aws-cn:iam::{HERE}:role/Dev", f"arn:aws-cn:iam::{HERE}:root"),
)

# Actions and resources

ACTIONS = (
    *("ecr:BatchGetImage",) * 4,
    *("ecr:PutImage", "ecr:GetAuthorizationToken", "ecr:CreatePullThroughCacheRule"),
    *("ecr:CreateRepository", "ecr:createrepository", "ecr:ReplicateImage"),
    *("ecr:BatchImportUpstreamImage", "ecr:DescribeRegistry", "kms:Decrypt", "s3:GetObject"),
)
ACTION_PATTERNS = (
    *("*", "*", "*:*", "e*:*", "ecr:*", "ecr:*", "s3:*", "kms:*"),
    *("ecr:Batch*", "ECR:batchgetimage", "ecr:BatchGetImage", "ecr:*Image", "ecr:?atchGetImage"),
    *("ecr:B*t*e*", "ecr:Get*", "ecr:PutImage", "ecr:CreateRepository", "ecr:Create*"),
)
RESOURCES = (
    *(None, None, REPOSITORY + "a", REPOSITORY + "a", REPOSITORY + "team/b"),
    *(REPOSITORY + "bob/x:y", REPOSITORY.replace(HERE, THERE) + "a"),
    *(REPOSITORY.replace("us-east-1", "eu-west-1") + "a*", f"arn:aws:ecr:us-east-1:{HERE}:other/a"),
    *("arn:aws:s3:::bucket/key", f"arn:aws:kms:us-east-1:{THERE}:key/1"),
)
RESOURCE_PATTERNS = (
    *("*", "*", "*", REPOSITORY + "*", REPOSITORY + "a", REPOSITORY.replace("ecr", "ECR") + "a"),
    *("arn:*", "arn:aws:ecr:*", "arn:aws:ecr:*:*:repository/*", "arn:aws:ecr:*:repository/a"),
    *("arn:aws:ecr:us-*:*:repository/?", "arn:aws:ecr:us-east-?:*:repository/*a*"),
    *("arn:aws:ecr:u*1:*:repo*/a", "arn:aws:ecr:us*3:rep*", "arn:aws:ecr:*:repo*a", "arn:a*:ecr*a"),
    *("arn:aws:ecr:us-east-1:*3:repository/a", "arn:aws:?cr:us-east-1:1*:repository/a"),
    *(f"arn:aws:ecr:us-east-1?{HERE}:repository/a*", "arn:aws:s3:::*"),
    *(REPOSITORY + "${aws:username}/*", REPOSITORY + "${aws:PrincipalTag/Team}/b"),
    *(REPOSITORY + "${k:a}", REPOSITORY + "${k:a, 'a'}", REPOSITORY + "${k:a}*"),
    *(REPOSITORY + "team/${k:b,'b'}", REPOSITORY + "a${*}"),
    *("arn:aws:ecr:us-east-1:${k:a}:repository/a", "arn:aws:ecr:us-e?st-1:*:${k:a}?a"),
    f"arn:aws:ecr:us-east-1:{HERE}:${{k:c, 'repository'}}/a",
)

# Conditions

# Keys that a request is given as it pleases, and those that follow from caller and resource.
GIVEN_KEYS = ("k:a", "K:A", "k:b", "k:c", "k:missing")
FILLED_KEYS = (
    *("aws:username", "aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType"),
    *("aws:userid", "aws:PrincipalIsAWSService", "aws:PrincipalServiceName"),
    *("aws:ResourceAccount", "aws:PrincipalTag/Team", "aws:ResourceTag/env"),
    *("ecr:ResourceTag/env", "AWS:ResourceTag/ENV"),
)
FILLED_VALUES = (
    *("User", "AssumedRole", "Account", "FederatedUser", "Anonymous", "anonymous", "Bob", "bob"),
    *("true", "false", HERE, THERE, "prod"),
)

PLAIN_STRINGS = (
    *("a", "A", "b", "ab", "", "a*", "*", "?b", "a:b", "Bob", "bob", "true", "prod", "team"),
    *(HERE, "User", "$", "a$b"),
)
STRINGS = (
    *PLAIN_STRINGS,
    *("${aws:username}", "${AWS:PrincipalTag/team,'team'}", "${K:A}", "${k:b}", "${k:b, 'a'}"),
    *("${k:c}*", "${k:missing, 'a'}", "x${k:missing}", "${*}", "a${?}", "${$}"),
)
NUMBERS = (
    *("0", "-0", "1", "1.0", " 1", "1 ", "+1", "-1", "10", "1e1", ".5", "0.5", "5.", "1e-5"),
    *("1e400", "1e99999999999999999999", 10, 1.5, True, 1),
    *("", ".", "e1", "10abc", "0x1", "1_0", "١", "NaN", "Infinity"),
)
DATES = (
    *("2020", "2020-01", "2020-01-01", "2020-01-01T00:00Z", "2020-01-01T00:30Z"),
    *("2020-01-01T00:00:00", "2020-01-01T00:00:00Z", "2019-12-31T23:00:00Z"),
    *("2020-01-01T00:00:00.5Z", "2020-01-01T00:00:00.50", "2020-01-01T00:00:00+01:00"),
    *("2020-01-01T00:00:00-00:30", "9999-12-31T23:59:59-23:59", "0000-01-01", "0000-02-29"),
    *("1970-01-01", "0", "1577836800", "1577836800.5", 1577836800, "-1", "1e3", "+2020"),
    *("20200101", "99999999999999999999", "-62167219200"),
    *("", "soon", "2020-1-1", "2020-13-01", "2020-02-30", "2100-02-29", "99999-01-01"),
    *("99999-01-01T00:00:00Z", "2020-01-01Z", "2020-01-01T00", "2020-01-01 00:00:00"),
    *("2020-01-01t00:00:00z", "2020-01-01T01:00:00+0100", "2020-01-01T00:00:00+24:00"),
    *("2020-01-01T24:00:00Z", "2020-01-01T23:59:60Z", "2020-01-01T00:60:00Z"),
    "2020-01-01T00:00:00.Z",
)
BOOLEANS = ("true", "TRUE", "false", "False", "yes", "", "1", " true", True, False)
BASE64 = (
    *("QUI=", "QUI", "QUJ=", "QUI==", "QUJD", "QQ==", "QR==", "Q Q=", "QUI=\n", "!!", "", "é"),
)
NETWORKS = (
    *("10.0.0.0/8", "10.0.0.1", "10.0.0.9/24", "10.0.0.1/32", "192.0.2.0/31", "0.0.0.0/0"),
    *("::1", "2001:db8::/32", "2001:DB8:0::1/64", "::/0"),
)
ADDRESSES = (
    *("10.0.0.0", "10.0.0.1", "10.0.0.255", "10.0.1.0", "10.255.255.255", "11.0.0.0"),
    *("192.0.2.0", "192.0.2.1", "192.0.2.2", "::1", "2001:DB8:0::1", "2001:db8::1", "2001:db8::"),
    *("::ffff:10.0.0.1", "x", "", "10.0.0.1/32", "10.0.0.0/8", "fe80::1%eth0", "010.0.0.1"),
    *("10.0.1", "1.2.3.4 "),
)
ARNS = (
    *(REPOSITORY + "a", "arn:aws:ecr:*:*:repository/*", "arn:aws:ECR:*:*:*", "arn:aws:ecr:*"),
    *("*", "*:*:*:*:*:*", "arn:a:b:c:d:e:f", "arn:a:?:c:d:*f", "nar:a:b:c:d:e", "notarn", ""),
    *("arn:aws:iam::*:role/*", f"arn:aws:iam::{HERE}:user/*", f"arn:aws:iam::{HERE}:role/Dev"),
    *(f"arn:aws:iam::{HERE}:role", "arn:aws:iam::${aws:PrincipalAccount}:*", "${k:a}"),
    *("arn:aws:${k:b, 'ecr'}:*:*:*", "${k:c}:a:b:c:d:e", "arn:aws:ecr:us*3:repository/a:b"),
    *(f"arn:aws:ecr:us*1:{HERE}:repository/${{k:missing}}", f"a?n:aws:ecr:us-east-1:{HERE}:*"),
)

# The values of policies and of requests, by how the names of operators begin.
VALUES: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "String": (STRINGS, STRINGS),
    "Numeric": (NUMBERS, NUMBERS),
    "Date": (DATES, DATES),
    "Bool": (BOOLEANS, BOOLEANS),
    "Binary": (BASE64, BASE64),
    "Ip": (NETWORKS, ADDRESSES),
    "Arn": (ARNS, ARNS),
    "Null": (BOOLEANS, STRINGS),
}
