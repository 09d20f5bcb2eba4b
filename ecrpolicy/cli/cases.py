"""`ecrpolicy cases`: what policies are given, and what is to come of it, in files."""

from typing import Final

COMMANDS: Final = {
    "run": "check cases: whether what comes out is what they expect",
    "record": "write a case that pins what comes out today",
}

EXAMPLES: Final = """examples:
  ecrpolicy cases run web.ecrpolicy.json
  ecrpolicy cases record policy.json --images images.json --output web.ecrpolicy.json
  ecrpolicy cases record --request request.json --output pull.ecrpolicy.json
"""
