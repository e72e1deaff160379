"""ACME, whose Anna came by taxi: her report waits to be sent.

`mockfindity bulk-send ACME` sends it. Of an export a webhook tells WEBHOOK_URL, where that is in
the environment of the server, as in compose.yaml.
"""

import os
from typing import Any

from mockfindity import Findity
from mockfindity.stories import Tell, told


def play(findity: Findity, tell: Tell) -> dict[str, Any]:
    company = findity.organization("ACME")
    if url := os.environ.get("WEBHOOK_URL"):
        company.recipient(webhook_url=url)
    company.report().submit()
    return told(company, [])
