"""IAM-style policies: who may do what, under every policy that applies, and why.

>>> from ecrpolicy import iam
"""

from typing import TYPE_CHECKING

from ecrpolicy.later import importer

if TYPE_CHECKING:
    from ecrpolicy.iam import actions, managed, operations
    from ecrpolicy.iam.access import (
        Grantee,
        OperationAnswer,
        WhatCan,
        WhoCan,
        authorize_in,
        authorize_operation_in,
        what_can,
        who_can,
    )
    from ecrpolicy.iam.answers import Answer, Assumption, OpenCondition, Verdict
    from ecrpolicy.iam.decision import Decision, Effect
    from ecrpolicy.iam.evaluate import authorize
    from ecrpolicy.iam.grantees import GranteeKind
    from ecrpolicy.iam.identities import Identities, Identity
    from ecrpolicy.iam.model import (
        Condition,
        Element,
        Kind,
        Policy,
        Principals,
        Statement,
        StatementEffect,
    )
    from ecrpolicy.iam.operations import Operation, OperationDecision, authorize_operation
    from ecrpolicy.iam.parse import parse
    from ecrpolicy.iam.policies import PolicySet
    from ecrpolicy.iam.request import InvalidRequest, Request

_LATER: "dict[str, str | None]" = {
    "Answer": "answers",
    "Assumption": "answers",
    "Condition": "model",
    "Decision": "decision",
    "Effect": "decision",
    "Element": "model",
    "Grantee": "access",
    "GranteeKind": "grantees",
    "Identities": "identities",
    "Identity": "identities",
    "InvalidRequest": "request",
    "Kind": "model",
    "OpenCondition": "answers",
    "Operation": "operations",
    "OperationAnswer": "access",
    "OperationDecision": "operations",
    "Policy": "model",
    "PolicySet": "policies",
    "Principals": "model",
    "Request": "request",
    "Statement": "model",
    "StatementEffect": "model",
    "Verdict": "answers",
    "WhatCan": "access",
    "WhoCan": "access",
    "actions": None,
    "authorize": "evaluate",
    "authorize_in": "access",
    "authorize_operation": "operations",
    "authorize_operation_in": "access",
    "managed": None,
    "operations": None,
    "parse": "parse",
    "what_can": "access",
    "who_can": "access",
}

__all__ = [
    "Answer",
    "Assumption",
    "Condition",
    "Decision",
    "Effect",
    "Element",
    "Grantee",
    "GranteeKind",
    "Identities",
    "Identity",
    "InvalidRequest",
    "Kind",
    "OpenCondition",
    "Operation",
    "OperationAnswer",
    "OperationDecision",
    "Policy",
    "PolicySet",
    "Principals",
    "Request",
    "Statement",
    "StatementEffect",
    "Verdict",
    "WhatCan",
    "WhoCan",
    "actions",
    "authorize",
    "authorize_in",
    "authorize_operation",
    "authorize_operation_in",
    "managed",
    "operations",
    "parse",
    "what_can",
    "who_can",
]


__getattr__ = importer(__name__)
