"""Policies as the service gives them back: the same document, in its own lay-out.

Amazon ECR API Reference, "GetRepositoryPolicy", the example of the answer: objects over several
lines, lists on one, and a space on either side of a colon.
"""

import json
from typing import Any, Final

_INDENT: Final = "  "


def read(text: str) -> Any:
    """The value of a JSON text; raises ValueError where a string has half a surrogate pair.

    Such a string has no UTF-8: it can be neither stored nor sent.
    """
    value = json.loads(text)
    json.dumps(value, ensure_ascii=False).encode()
    return value


def laid_out(value: Any, depth: int = 0) -> str:
    """A JSON value in the service's lay-out.

    >>> print(laid_out({"Statement": [{"Action": ["ecr:GetImage", "ecr:PutImage"]}]}))
    {
      "Statement" : [ {
        "Action" : [ "ecr:GetImage", "ecr:PutImage" ]
      } ]
    }
    """
    match value:
        case dict() if value:
            inner = _INDENT * (depth + 1)
            members = ",\n".join(
                f"{inner}{json.dumps(name, ensure_ascii=False)} : {laid_out(member, depth + 1)}"
                for name, member in value.items()
            )
            return f"{{\n{members}\n{_INDENT * depth}}}"
        case list() if value:
            return f"[ {', '.join(laid_out(each, depth) for each in value)} ]"
        case dict():
            return "{ }"
        case list():
            return "[ ]"
    return json.dumps(value, ensure_ascii=False)
