"""The context keys that every request has ("AWS global condition context keys")."""

from datetime import UTC, datetime, timedelta, timezone

from ecrpolicy.registry.auth.context import request_context


def test_what_a_request_tells() -> None:
    now = datetime(2026, 1, 31, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    headers = {"user-agent": "docker/28", "referer": "https://example.com/"}
    context = request_context(
        source="203.0.113.7", is_secure=True, headers=headers, region="eu-west-1", now=now
    )
    # 2026-01-31 is 20484 days after 1970-01-01; nine hours are 32,400 seconds.
    assert context == {
        "aws:SourceIp": "203.0.113.7",
        "aws:SecureTransport": "true",
        "aws:CurrentTime": "2026-01-31T09:00:00Z",
        "aws:EpochTime": str(20_484 * 86_400 + 32_400),
        "aws:UserAgent": "docker/28",
        "aws:Referer": "https://example.com/",
        "aws:RequestedRegion": "eu-west-1",
        "aws:ViaAWSService": "false",
    }


def test_what_it_does_not_tell() -> None:
    now = datetime(2026, 1, 31, tzinfo=UTC)
    context = request_context(source=None, is_secure=False, headers={}, region="eu-west-1", now=now)
    assert context["aws:SecureTransport"] == "false"
    assert not {"aws:SourceIp", "aws:UserAgent", "aws:Referer"} & context.keys()
