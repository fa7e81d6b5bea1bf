"""One at a time, and who is waited for first."""

from __future__ import annotations

import asyncio

import pytest

from bot.lane import Lane

LONG = 60.0


async def walk(
    lane: Lane, name: str, seen: list[str], gate: asyncio.Event | None = None, *, first: bool = False
) -> None:
    """Take the lane, and go through the gate."""
    async with lane.turn(first=first):
        seen.append(f"{name} in")
        await (gate.wait() if gate is not None else asyncio.sleep(0))
        seen.append(f"{name} out")


def test_one_at_a_time_in_order_and_who_is_waited_for_before_the_others() -> None:
    async def whole() -> None:
        lane, seen, gate = Lane(LONG), list[str](), asyncio.Event()
        assert lane.free
        begun = [asyncio.ensure_future(walk(lane, "a", seen, gate))]
        await asyncio.sleep(0)
        assert not lane.free
        begun += [asyncio.ensure_future(walk(lane, name, seen, first=name == "d")) for name in "bcd"]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*begun)
        assert seen == ["a in", "a out", "d in", "d out", "b in", "b out", "c in", "c out"]
        assert lane.free

    asyncio.run(whole())


@pytest.mark.parametrize("given", [False, True])
def test_who_is_called_away_leaves_it_to_the_next(given: bool) -> None:
    """Also when the place was given in the very same moment."""

    async def whole() -> None:
        lane, seen, gate = Lane(LONG), list[str](), asyncio.Event()

        async def holder() -> None:
            async with lane.turn():
                await gate.wait()
                if not given:
                    away.cancel()
            if given:
                away.cancel()

        holding = asyncio.ensure_future(holder())
        await asyncio.sleep(0)
        away, stays = (asyncio.ensure_future(walk(lane, name, seen)) for name in "bc")
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(holding, stays)
        assert seen == ["c in", "c out"]
        assert away.cancelled()
        assert lane.free

    asyncio.run(whole())


def test_a_fault_on_the_way_gives_it_back() -> None:
    async def whole() -> None:
        lane = Lane(LONG)
        with pytest.raises(ValueError, match="stuk"):
            async with lane.turn():
                raise ValueError("stuk")
        assert lane.free

    asyncio.run(whole())


def test_who_takes_too_long_goes_on_and_holds_up_nobody() -> None:
    async def whole() -> None:
        lane, seen, gate = Lane(0), list[str](), asyncio.Event()
        slow = asyncio.ensure_future(walk(lane, "a", seen, gate))
        await asyncio.sleep(0)
        await walk(lane, "b", seen)
        gate.set()
        await slow
        assert seen == ["a in", "b in", "b out", "a out"]
        assert lane.free

    asyncio.run(whole())
