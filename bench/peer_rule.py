"""Run by peer.py in an environment of its own: one rule of ours in another rule language, and how often a second.

Reads {"sessions": [...], "rounds": n, "number": n} from standard input; prints the answers and the seconds of each round.
"""

import json
import sys
import time

import rule_engine

# One rule for a set and one for a session, over plain values: said as a single rule over nested lists it is many times slower.
SET = rule_engine.Rule("pain <= 2 and seen == 0 and did == 'all'")
SESSION = rule_engine.Rule("done == asked and morning - before <= 1")


def clean(sessions: list) -> bool:
    """Whether these are three sessions, each clean."""
    return len(sessions) == 3 and all(SESSION.matches(told) and all(map(SET.matches, sets)) for told, sets in sessions)


def main() -> None:
    """The answer for these sessions, the answer with one sore set, and the time that each round took."""
    told = json.load(sys.stdin)
    sessions = [(each, each.pop("sets")) for each in told["sessions"]]
    (first, sets), *rest = sessions
    sore = [{**sets[0], "pain": 3}, *sets[1:]]
    answers = [clean(sessions), clean([(first, sore), *rest])]
    rounds = []
    for _ in range(told["rounds"]):
        start = time.process_time()
        for _ in range(told["number"]):
            clean(sessions)
        rounds.append((time.process_time() - start) / told["number"])
    json.dump({"answers": answers, "seconds": rounds}, sys.stdout)


if __name__ == "__main__":
    main()
