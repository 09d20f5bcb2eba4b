"""What the service answers where it does not do what it was asked."""


class Refusal(Exception):
    """An error of the API: its code, such as `RepositoryNotFoundException`, and its text.

    `status` is the HTTP status of the ECR API; `fields` are further members of the error's shape.
    """

    def __init__(
        self, code: str, message: str, *, status: int = 400, fields: dict[str, object] | None = None
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.fields = fields or {}
