"""The figures of a scenario, computed from the file alone: plain dictionaries and dates, nothing of the product."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Scenario = dict[str, Any]
LANDINGS = ("geagendeerd", "belegd_werkgroep", "belegd_programma", "geclusterd", "geescaleerd", "afgehandeld")


def day(text: Any) -> date:
    return text if isinstance(text, date) else date.fromisoformat(str(text))


def working(scenario: Scenario, one: date) -> bool:
    return one.weekday() < 5 and one.isoformat() not in {str(d) for d in scenario["kalender"]["feestdagen"]}


def working_days(scenario: Scenario, start: date, end: date) -> int:
    """Working days in (start, end]."""
    return sum(working(scenario, start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def late(scenario: Scenario, on: date) -> list[dict[str, Any]]:
    found = []
    rules = scenario["spelregels"]["actie_nudges"]
    steps = [rules[f"te_laat_{n}_na_werkdagen"] for n in (1, 2, 3)]
    for action in scenario["acties"]:
        if day(action["gezegd_op"]) > on or (action["gereed_op"] and day(action["gereed_op"]) <= on):
            continue
        due = day(action["termijn"])
        for moved in action["uitstel"]:
            if day(moved["op"]) <= on:
                due = day(moved["nieuwe_termijn"])
        if due < on:
            passed = working_days(scenario, due, on)
            reached = len([step for step in steps if passed >= step])
            found.append({"actie": action["id"], "dagen": (on - due).days, "werkdagen": passed, "trap": reached})
    return found


def floating(scenario: Scenario, on: date) -> list[dict[str, Any]]:
    found = []
    rule = scenario["spelregels"]["zwevend"]
    for signal in scenario["signalen"]:
        filed = day(signal["datum"])
        landed = any(step["handeling"] in LANDINGS and day(step["datum"]) <= on for step in signal["pad"])
        age = (on - filed).days if rule["soort"] == "kalenderdagen" else working_days(scenario, filed, on)
        if filed <= on and not landed and age > rule["dagen"]:
            found.append({"signaal": signal["id"], "dagen": (on - filed).days})
    return found


def end_of(group: dict[str, Any], on: date) -> tuple[date, bool]:
    """The end date as it stands on that day, and whether the group was rounded off by then."""
    end, over = day(group["einddatum"]), False
    for decision in group["besluiten"]:
        if day(decision["datum"]) <= on:
            end = day(decision["nieuwe_einddatum"]) if decision["nieuwe_einddatum"] else end
            over = over or decision["besluit"] == "afronden"
    return end, over


def lapsed(scenario: Scenario, on: date) -> list[dict[str, Any]]:
    found = []
    for group in scenario["werkgroepen_en_programmas"]:
        end, over = end_of(group, on)
        if end < on and not over:
            found.append({"groep": group["id"], "dagen": (on - end).days})
    return found


def ending(scenario: Scenario, on: date) -> list[dict[str, Any]]:
    found = []
    for group in scenario["werkgroepen_en_programmas"]:
        end, over = end_of(group, on)
        if 0 <= (end - on).days <= 60 and not over and day(group["start"]) <= on:
            found.append({"groep": group["id"], "dagen": (end - on).days})
    return found


def unevaluated(scenario: Scenario, on: date) -> list[str]:
    return [
        group["id"]
        for group in scenario["werkgroepen_en_programmas"]
        if day(group["evaluatie_uiterlijk"]) <= on
        and not (group["evaluatie_gehouden"] and day(group["evaluatie_gehouden"]) <= on)
    ]


def silent(scenario: Scenario, on: date) -> list[dict[str, Any]]:
    found = []
    quiet = [(day(one["van"]), day(one["tot_en_met"])) for one in scenario["kalender"]["stilteperioden"]]
    for group in scenario["werkgroepen_en_programmas"]:
        heard = [day(one) for one in group["terugkoppelingen"] if day(one) <= on]
        if not heard or end_of(group, on)[1]:
            continue
        since = [max(heard) + timedelta(days=n) for n in range(1, (on - max(heard)).days + 1)]
        loud = [one for one in since if not any(start <= one <= end for start, end in quiet)]
        if len(loud) > scenario["spelregels"]["radiostilte_dagen"]:
            found.append({"groep": group["id"], "dagen_zonder_stilte": len(loud)})
    return found


def untold(scenario: Scenario, on: date) -> list[str]:
    found = []
    for signal in scenario["signalen"]:
        done = [day(step["datum"]) for step in signal["pad"] if step["handeling"] == "afgehandeld"]
        told = [day(step["datum"]) for step in signal["pad"] if step["handeling"] == "teruggekoppeld"]
        if not done or done[0] > on or any(done[0] <= one <= on for one in told):
            continue
        if working_days(scenario, done[0], on) > scenario["spelregels"]["terugkoppeling_werkdagen"]:
            found.append(signal["id"])
    return found


def unmeasured(scenario: Scenario, on: date) -> list[str]:
    meetings = {meeting["id"]: day(meeting["datum"]) for meeting in scenario["vergaderingen"]}
    found = []
    for decision in scenario["afspraken_en_besluiten"]:
        filled = decision["monitoring"] and day(decision["monitoring"]["ingevuld_op"]) <= on
        gone = decision.get("vervallen_op") and day(decision["vervallen_op"]) <= on
        if decision["monitoring_nodig"] and meetings[decision["vergadering"]] <= on and not filled and not gone:
            found.append(decision["id"])
    return found


def stand(scenario: Scenario, on: date) -> dict[str, Any]:
    """Everything that the document says of a day."""
    rows: dict[str, list[Any]] = {
        "acties_te_laat": late(scenario, on),
        "zwevend": floating(scenario, on),
        "groepen_verlopen": lapsed(scenario, on),
        "evaluatie_open": unevaluated(scenario, on),
        "radiostilte": silent(scenario, on),
        "terugkoppeling_te_laat": untold(scenario, on),
        "afspraken_zonder_monitoring": unmeasured(scenario, on),
        "einddatum_binnen_60_dagen": ending(scenario, on),
    }
    return {
        name: sorted(found, key=lambda row: row if isinstance(row, str) else next(iter(row.values())))
        for name, found in rows.items()
    }


# --- the end of the year ---------------------------------------------------------------------------------------------
def ends(scenario: Scenario) -> dict[str, tuple[str, str]]:
    """Of each signal where it lies at the end, and in what state; of a merged one the signal it went into."""
    known = {body["id"] for body in scenario["gremia"]} | {
        group["id"] for group in scenario["werkgroepen_en_programmas"]
    }
    low = min(scenario["gremia"], key=lambda body: body["laag"])["id"]
    found = {}
    for signal in scenario["signalen"]:
        place, state = low, "ingediend"
        for step in signal["pad"]:
            act, to = step["handeling"], step["naar"]
            mentioned = act == "geagendeerd" and step["van"] is None and to != place
            if act == "geclusterd":
                place, state = to, "samengevoegd"
            elif act == "teruggekoppeld":
                state = "gesloten" if state == "afgehandeld" else state
            elif not mentioned:
                place = to if to in known else place
                state = (
                    "afgehandeld"
                    if act == "afgehandeld"
                    else "open"
                    if act in (*LANDINGS, "gedelegeerd", "gedeescaleerd")
                    else state
                )
        found[signal["id"]] = (place, state)
    return found


def dues(scenario: Scenario) -> dict[str, tuple[str, str]]:
    """Of each action its last date, and whether it is done."""
    return {
        action["id"]: (
            str([action["termijn"], *(moved["nieuwe_termijn"] for moved in action["uitstel"])][-1]),
            "afgerond" if action["gereed_op"] else "open",
        )
        for action in scenario["acties"]
    }
