"""A company in memory: what the rules of vouchers and exports need, without any server."""

from __future__ import annotations

import pytest
from company import Company


@pytest.fixture
def company() -> Company:
    return Company()
