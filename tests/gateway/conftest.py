import pytest

from tests.gateway.fakes import build_house


@pytest.fixture
async def house():
    house = build_house()
    yield house
    house.seats.close()
