"""``python -m mockfindity``: the same as the command."""

from .cli import main

main()
