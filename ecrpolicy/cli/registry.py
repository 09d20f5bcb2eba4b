"""`ecrpolicy registry`: the settings of a registry; its commands are modules of their own."""

from typing import Final

COMMANDS: Final = {
    "check": "what the settings of a registry come to, repository by repository",
    "push": "what a push would set off: scan, replicas, events",
    "graph": "draw which registries replicate into which",
}

EXAMPLES: Final = """examples:
  ecrpolicy snapshot --registry --output registry.json
  ecrpolicy registry check registry.json
  ecrpolicy registry check registry.json --repository team/app
  ecrpolicy registry push registry.json team/app:v1 --other partner.json
  ecrpolicy registry graph registry.json partner.json
"""
