"""One fleet for the tests here, which are kept on one worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fleets import Fleet, fleet


@pytest.fixture(scope="session")
def whole_team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with fleet(tmp_path_factory.mktemp("team")) as made:
        yield made


@pytest.fixture
def team(whole_team: Fleet) -> Iterator[Fleet]:
    """Three servers and the balancer before them, with no sandboxes but ``default``."""
    yield whole_team
    whole_team.drop_all()
