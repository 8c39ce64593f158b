#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a whole kiosk again and again and looks whether anything it had acknowledged is missing.

kill_loop.py --kiosk FILE --ctl FILE --lockd FILE --models DIR --faces DIR [--rounds N] [--seed N] [--minutes N]

A door with replayed faces, the lock daemon's test build and one data folder for all rounds. Each round starts the kiosk
and ends it with SIGKILL: while it starts, some moments after an event, while the lock is released, or while a person is
enrolled or removed through its control socket (in some rounds by facelatch-ctl itself). Afterwards: every event that
was printed with a number is in the log under that number, people are there whole or not at all, the lock's line is at
rest in time, and the chain of the log verifies. Prints the figures and "PASS" or "FAIL" lines; exit code 0, 1, or 2
for a wrong call. Without faces or models: "SKIP", exit code 0.
"""
import argparse
import base64
import json
import os
import pathlib
import random
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

PERSON, STRANGER, THIRD = "Jiang_Zemin", "Bill_Gates", "Hugo_Chavez"
BY_CTL = "Enrolled by ctl"
PATIENCE = 60.0  # seconds; a start takes 1 to 2 on an idle machine
REST_WITHIN = 5.0  # seconds until the line must be at rest after a kill: the daemon's 2 s of silence and a margin

SETTINGS = """[door]
id = "kill-loop"
language = "en"
[lock]
kind = "lockd_test"
socket = "{socket}"
strike_time_ms = 600
[camera]
source = "replay"
replay_path = "{faces}"
replay_show_ms = 900
replay_pause_ms = 400
fps = 15
[recognition]
models_dir = "{models}"
threads = 1
[liveness]
policy = "off"
[visit]
cool_down_ms = 0
event_interval_ms = 200
decide_within_ms = 500
refused_screen_ms = 500
[snapshots]
max_mb = 4
[screen]
window = "800x480"
reduce_motion = true
"""


class Broken(Exception):
    """What must not happen has happened."""


def strange_templates(one: dict, chance: random.Random) -> list[dict]:
    """Three templates of that model and length which resemble nobody."""
    length = len(base64.b64decode(one["values"])) // 4
    made = []
    for _ in range(3):
        values = [chance.gauss(0.0, 1.0) for _ in range(length)]
        norm = sum(value * value for value in values) ** 0.5
        packed = struct.pack(f"<{length}f", *(value / norm for value in values))
        made.append({"person": "", "model": one["model"], "values": base64.b64encode(packed).decode()})
    return made


class Control:
    """The kiosk's control socket: one JSON object a line."""

    def __init__(self, path: pathlib.Path):
        self.peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.peer.settimeout(PATIENCE)
        try:
            self.peer.connect(str(path))
        except OSError:
            self.peer.close()
            raise

    def send(self, command: str, **args) -> None:
        self.peer.sendall(json.dumps({"v": 1, "command": command, "args": args}).encode() + b"\n")

    def answer(self, seconds: float = PATIENCE):
        """The result; None when the other side is gone or does not answer in time."""
        self.peer.settimeout(seconds)
        line = b""
        try:
            while not line.endswith(b"\n"):
                part = self.peer.recv(1 << 20)
                if not part:
                    return None
                line += part
        except OSError:
            return None
        said = json.loads(line)
        if not said["ok"]:
            raise Broken(f"the kiosk refused a command: {said['error']}")
        return said["result"]

    def ask(self, command: str, **args):
        self.send(command, **args)
        said = self.answer()
        if said is None:
            raise Broken(f"no answer to {command}")
        return said

    def close(self) -> None:
        self.peer.close()


class Door:
    """The files of a door, its lock daemon, and what it has acknowledged."""

    def __init__(self, options, folder: pathlib.Path):
        self.options, self.folder = options, folder
        self.data = folder / "data"
        self.line = folder / "line.txt"
        self.kiosk: subprocess.Popen | None = None
        self.log = open(folder / "kiosk.log", "wb")
        self.acknowledged: dict[str, tuple[str, int]] = {}  # event: log id and number
        self.unchecked: list[str] = []
        self.people: dict[str, bool] = {}  # name: whether they must be there; those in doubt are not in it
        self.doubtful: set[str] = set()
        self.templates: list[dict] = []
        self.whole: dict[str, int] = {}  # how many templates a whole person has
        self.buffer = b""
        self.longest_start = self.longest_rest = self.longest_event = 0.0
        self.kills: dict[str, int] = {}

        faces = folder / "faces"
        photos, third = folder / "photos", folder / "third"
        for made in (faces, photos, third):
            made.mkdir()
        known = sorted((options.faces / "people" / PERSON).iterdir())
        strangers = sorted((options.faces / "people" / STRANGER).iterdir())
        for i, picture in enumerate(known[:3]):
            shutil.copy(picture, photos / f"{i}.jpg")
        for i, picture in enumerate(sorted((options.faces / "people" / THIRD).iterdir())[:3]):
            shutil.copy(picture, third / f"{i}.jpg")
        shutil.copy(known[4], faces / "0.jpg")
        shutil.copy(strangers[0], faces / "1.jpg")
        (folder / "settings.toml").write_text(
            SETTINGS.format(socket=folder / "lockd.sock", faces=faces, models=options.models))
        conf = folder / "lockd.conf"
        conf.write_text(f"socket = {folder / 'lockd.sock'}\nchip = pinctrl-rp1\nline = 17\n"
                        "max_pulse_ms = 30000\nmin_off_ms = 500\n")
        conf.chmod(0o600)
        self.lockd = subprocess.Popen([options.lockd, "--conf", conf, "--line-file", self.line], stderr=self.log)
        self.ctl("person", "add", "Alice", "--photos", str(photos))

    def arguments(self) -> list[str]:
        return ["--data", str(self.data), "--settings", str(self.folder / "settings.toml")]

    def ctl(self, *words: str, wanted: int | None = 0) -> str:
        done = subprocess.run([self.options.ctl, *self.arguments(), *words], capture_output=True, text=True,
                              timeout=600, check=False)
        if wanted is not None and done.returncode != wanted:
            raise Broken(f"facelatch-ctl {' '.join(words[:2])} ended with {done.returncode}: {done.stderr}{done.stdout}")
        return done.stdout

    # --- the kiosk ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        self.buffer = b""
        self.started = time.monotonic()
        self.kiosk = subprocess.Popen([self.options.kiosk, *self.arguments(), "--events"], stdout=subprocess.PIPE,
                                      stderr=self.log, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
        os.set_blocking(self.kiosk.stdout.fileno(), False)

    def read(self, seconds: float) -> list[dict]:
        """The committed events printed within that time; waits for the first bytes, not for the whole time."""
        selector = selectors.DefaultSelector()
        selector.register(self.kiosk.stdout, selectors.EVENT_READ)
        ready = selector.select(max(0.0, seconds))
        selector.close()
        part = self.kiosk.stdout.read() if ready else b""
        if ready and not part and self.kiosk.poll() is not None:
            raise Broken(f"the kiosk ended by itself with {self.kiosk.returncode}, see {self.folder / 'kiosk.log'}")
        self.buffer += part or b""
        *lines, self.buffer = self.buffer.split(b"\n")
        events = [json.loads(line) for line in lines if line]
        for event in events:
            self.acknowledge(event)
        return [event for event in events if not event["provisional"]]

    def acknowledge(self, event: dict) -> None:
        if event["provisional"]:
            return
        number = (event["log_id"], event["seq"])
        if event["id"] in self.acknowledged or number in set(self.acknowledged.values()):
            raise Broken(f"event {event['id']} or its number {number} was acknowledged twice")
        self.acknowledged[event["id"]] = number
        self.unchecked.append(event["id"])

    def wait_for_events(self, count: int) -> None:
        deadline = time.monotonic() + PATIENCE
        first = True
        while count > 0:
            if time.monotonic() > deadline:
                raise Broken("no event came")
            seen = len(self.read(1.0))
            if seen and first:
                self.longest_event = max(self.longest_event, time.monotonic() - self.started)
                first = False
            count -= seen

    def connect(self) -> Control:
        """Waits until the kiosk answers on its socket."""
        while True:
            try:
                control = Control(self.data / "control.sock")
                control.send("person.list")
                answer = control.answer()
                if answer is not None:
                    self.longest_start = max(self.longest_start, time.monotonic() - self.started)
                    self.check_people(answer["people"])
                    return control
                control.close()
            except (ConnectionError, FileNotFoundError):
                pass
            except Broken as broken:  # it listens before its data is open
                if "not open" not in str(broken):
                    raise
                control.close()
            if time.monotonic() - self.started > PATIENCE:
                raise Broken("the kiosk does not answer on its control socket")
            self.read(0.01)

    def kill(self, moment: str) -> None:
        self.kiosk.send_signal(signal.SIGKILL)
        killed = time.monotonic_ns()
        self.kiosk.wait()
        os.set_blocking(self.kiosk.stdout.fileno(), True)
        self.buffer += self.kiosk.stdout.read()
        *lines, self.buffer = self.buffer.split(b"\n")
        for line in lines:
            if line:
                self.acknowledge(json.loads(line))
        self.kiosk.stdout.close()
        self.kills[moment] = self.kills.get(moment, 0) + 1
        self.wait_for_rest(killed)

    def wait_for_rest(self, killed: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while self.line_now()[1]:
            if time.monotonic() > deadline:
                raise Broken("the line stays released after the kiosk is dead")
            time.sleep(0.01)  # another process' file: there is nothing to wait on
        took = (self.line_now()[0] - killed) / 1e9
        self.longest_rest = max(self.longest_rest, took)
        if took > REST_WITHIN:
            raise Broken(f"the line came to rest {took:.2f} s after the kill")

    def line_now(self) -> tuple[int, bool]:
        """When the line changed last (CLOCK_MONOTONIC, ns), and whether it is released."""
        words = self.line.read_text().split("\n")[-2].split()
        return int(words[0]), words[1] == "1"

    # --- what must hold ----------------------------------------------------------------------------------------------

    def check_people(self, listed: list[dict]) -> None:
        there = {person["name"]: person["templates"] for person in listed}
        if "Alice" not in there:
            raise Broken("Alice is gone")
        for name, templates in there.items():
            whole = self.whole.setdefault(name if name in ("Alice", BY_CTL) else "", templates)
            if templates != whole:
                raise Broken(f"{name} is there with {templates} of {whole} templates")
        for name, expected in self.people.items():
            if expected != (name in there):
                raise Broken(f"{name} {'is missing' if expected else 'is back'} after a kill")
        for name in self.doubtful:
            self.people[name] = name in there
        self.doubtful.clear()

    def check_events(self, control: Control) -> None:
        """Those acknowledged since the last look, in the log of the kiosk that runs now."""
        if not self.unchecked:
            return
        wanted = {event: self.acknowledged[event] for event in self.unchecked}
        found: dict[str, tuple[str, int]] = {}
        before = None
        while not wanted.keys() <= found.keys():
            page = control.ask("log.list", limit=500, **({"before": before} if before else {}))["events"]
            if not page:
                break
            found.update({event["id"]: (event["log_id"], event["seq"]) for event in page})
            before = page[-1]["seq"]
        self.compare(wanted, found)
        self.unchecked.clear()

    @staticmethod
    def compare(wanted: dict, found: dict) -> None:
        for event, number in wanted.items():
            if found.get(event) != number:
                raise Broken(f"LOST: event {event}, acknowledged as {number}, is {found.get(event)} in the log")

    def check_all(self) -> tuple[int, str]:
        """Everything once more, by facelatch-ctl and without a kiosk."""
        verdict = self.ctl("log", "verify").strip()
        lines = self.ctl("log", "list", "--json", "--limit", "10000000").splitlines()
        events = [json.loads(line) for line in lines]
        self.compare(self.acknowledged, {event["id"]: (event["log_id"], event["seq"]) for event in events})
        if [event["seq"] for event in events] != list(range(1, len(events) + 1)):
            raise Broken("the numbers of the log are not 1, 2, 3 ...")
        return len(events), verdict

    # --- one round ---------------------------------------------------------------------------------------------------

    def round(self, number: int, chance: random.Random) -> None:
        self.start()
        kind = chance.random()
        if kind < 0.15:
            deadline = time.monotonic() + chance.uniform(0.0, 0.6)
            while (left := deadline - time.monotonic()) > 0:
                self.read(left)
            self.kill("while it starts")
            return
        control = self.connect()
        self.check_events(control)
        if not self.templates:
            self.templates = strange_templates(control.ask("person.templates")["templates"][0], chance)
        if kind < 0.40:
            self.change_people(control, number, chance)
        elif kind < 0.43:
            self.change_by_ctl(chance)
        elif kind < 0.60:
            self.kill_while_released(chance)
        else:
            self.wait_for_events(chance.randint(1, 3))
            time.sleep(chance.uniform(0.0, 0.25))  # the stimulus itself: a random moment
            self.kill("after an event")
        control.close()

    def change_people(self, control: Control, number: int, chance: random.Random) -> None:
        """Sends one change and kills a few milliseconds later."""
        present = [name for name, there in self.people.items() if there and name != BY_CTL]
        name = chance.choice(present) if present and chance.random() < 0.5 else f"Person {number}"
        self.people.pop(name, None)
        if name in present:
            control.send("person.remove", who=name, erase=chance.random() < 0.5)
        else:
            control.send("person.add", name=name, card="", portrait="", templates=self.templates)
        answered = control.answer(chance.uniform(0.0002, 0.008))
        if answered is not None:
            self.people[name] = name not in present
        else:
            self.doubtful.add(name)
        self.kill("while people change" if answered is None else "after people changed")

    def change_by_ctl(self, chance: random.Random) -> None:
        words = ["remove", BY_CTL] if self.people.get(BY_CTL) else ["add", BY_CTL, "--photos", str(self.folder / "third")]
        ctl = subprocess.Popen([self.options.ctl, *self.arguments(), "person", *words], stdout=self.log, stderr=self.log)
        try:
            ctl.wait(chance.uniform(0.1, 2.0))
        except subprocess.TimeoutExpired:
            pass
        self.kill("while facelatch-ctl enrols")
        # When it finds the kiosk gone, it does the work by itself.
        self.people.pop(BY_CTL, None)
        if ctl.wait(PATIENCE) == 0:
            self.people[BY_CTL] = words[0] == "add"
        else:
            self.doubtful.add(BY_CTL)

    def kill_while_released(self, chance: random.Random) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.line_now()[1]:
            if time.monotonic() > deadline:
                raise Broken("the lock was never released")
            self.read(0.02)
        time.sleep(chance.uniform(0.0, 0.3))
        self.kill("during the strike")

    def last_round(self) -> None:
        """A kiosk that is not killed: everything is there, and it ends as asked."""
        self.start()
        control = self.connect()
        self.check_events(control)
        control.close()
        self.kiosk.terminate()
        code = self.kiosk.wait(PATIENCE)
        if code != 0:
            raise Broken(f"the kiosk ended with {code} when asked to end")

    def end(self) -> None:
        if self.kiosk and self.kiosk.poll() is None:
            self.kiosk.kill()
            self.kiosk.wait()
        self.lockd.terminate()
        self.lockd.wait()
        self.log.close()


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="SIGKILL at random moments of a whole kiosk.")
    for name in ("kiosk", "ctl", "lockd"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    for name in ("models", "faces"):
        parser.add_argument(f"--{name}", type=pathlib.Path, help=f"or FACELATCH_{name.upper()}_DIR, which wins")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--minutes", type=float, default=0.0, help="ends earlier when they are over")
    options = parser.parse_args()
    for name in ("kiosk", "ctl", "lockd"):
        setattr(options, name, getattr(options, name).resolve())
    for name in ("models", "faces"):
        # The environment may name a folder that was never filled, where the files beside the checkout were enough.
        named = [os.environ.get(f"FACELATCH_{name.upper()}_DIR"), getattr(options, name)]
        folders = [pathlib.Path(folder).resolve() for folder in named if folder]
        setattr(options, name, next((folder for folder in folders if folder.is_dir()), pathlib.Path("none")))
    return options


def main() -> int:
    options = parse()
    if not options.models.is_dir() or not (options.faces / "people" / PERSON).is_dir():
        print(f"SKIP kill loop: no models or faces at {options.models} and {options.faces}")
        return 0
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1 << 30)
    chance = random.Random(seed)
    print(f"seed {seed}", flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="facelatch-kill-loop-"))
    door, done = None, 0
    began = time.monotonic()
    try:
        door = Door(options, folder)
        while done < options.rounds and (not options.minutes or time.monotonic() - began < 60 * options.minutes):
            door.round(done, chance)
            done += 1
            if done % 50 == 0:
                events, verdict = door.check_all()
                print(f"{done} rounds: {len(door.acknowledged)} events acknowledged, {events} in the log; {verdict}",
                      flush=True)
        door.last_round()
        events, verdict = door.check_all()
    except Broken as broken:
        print(f"FAIL kill loop, round {done}: {broken}")
        print((folder / "kiosk.log").read_text(errors="replace")[-4000:])
        print(f"kept for a look: {folder}")
        return 1
    finally:
        if door:
            door.end()
    shutil.rmtree(folder)
    print(f"[ FIGURES  ] kill loop: {done} rounds in {(time.monotonic() - began) / 60:.0f} min; "
          f"{len(door.acknowledged)} events acknowledged, 0 lost, {events} in the log; {verdict} "
          f"Longest from start to serving {door.longest_start:.1f} s, to the first event {door.longest_event:.1f} s; "
          f"longest from kill to the line at rest {max(0.0, door.longest_rest) * 1000:.0f} ms")
    print("[ FIGURES  ] kill loop: " + ", ".join(f"{count} {moment}" for moment, count in sorted(door.kills.items())))
    print("PASS kill loop")
    return 0


if __name__ == "__main__":
    sys.exit(main())
