"""Somebody else: asks a server for the same thing a thousand times a second, and notes how long
each answer took, counted from when it was to be asked for.

    python witness.py URL PATH TOKEN

Says ``Ready.`` after the first answer. Told to end, it prints pairs of when each was to be asked,
in seconds of the monotonic clock, and the milliseconds until the answer was there. What was to be
asked while the answer before was waited for is not asked, but counts as if it had come with that
answer: so one long wait counts for as many as it would have met.
"""

from __future__ import annotations

import http.client
import json
import math
import signal
import sys
import time
from types import FrameType
from urllib.parse import urlsplit

EVERY = 0.001
"""Seconds from one request to the next."""


def main() -> None:
    url, path, token = sys.argv[1:]
    place = urlsplit(url)
    line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60)
    headers = {"authorization": f"Bearer {token}"}
    ends = [math.inf]

    def end(number: int, frame: FrameType | None) -> None:
        ends.append(time.monotonic())

    def ask() -> None:
        line.request("GET", path, headers=headers)
        line.getresponse().read()

    signal.signal(signal.SIGTERM, end)
    ask()
    sys.stdout.write(f"Ready. {url}\n")
    sys.stdout.flush()
    seen = []
    due = time.monotonic()
    while due < ends[-1]:
        time.sleep(max(0.0, due - time.monotonic()))
        ask()
        now = time.monotonic()
        while due <= now:
            seen.append((due, (now - due) * 1000))
            due += EVERY
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    main()
