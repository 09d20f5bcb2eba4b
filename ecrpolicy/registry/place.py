"""Which private registry a request is about."""

from dataclasses import dataclass

from ecrpolicy.regions import partition_of


@dataclass(frozen=True, slots=True)
class Place:
    """A private registry: an account in a Region."""

    account: str
    region: str

    @property
    def partition(self) -> str:
        """The partition of the Region."""
        return partition_of(self.region) or "aws"

    def arn_of(self, name: str) -> str:
        """The ARN of a repository, whether or not there is one.

        >>> Place("111122223333", "us-east-1").arn_of("web")
        'arn:aws:ecr:us-east-1:111122223333:repository/web'
        """
        return f"arn:{self.partition}:ecr:{self.region}:{self.account}:repository/{name}"
