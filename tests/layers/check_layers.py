#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The walls of the house, checked: check_layers.py [ROOT] [--qt-headers FOLDER]

Reads sources and CMakeLists.txt files as text and compares them with the table below, which is the one of
ARCHITECTURE.md. What is not in the table is an error: a new folder, library or dependency is first allowed here, in one
line that a reviewer sees. Prints "PASS rule" or "FAIL rule: file:line: what" and exits with 1 when a wall is broken.
"""
import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Module:
    """One row of the table: what a folder may include and link."""
    uses: tuple[str, ...] = ()     # folders of ours, besides itself
    third: tuple[str, ...] = ()    # third-party families
    qt: tuple[str, ...] = ()       # Qt modules
    system: bool = False           # POSIX and Linux headers
    threads: bool = False          # may start threads


ALL = ("core", "recognition", "hardware", "storage", "network", "ui", "resources")
MODULES = {
    "core": Module(),
    "recognition": Module(uses=("core",), third=("OpenCV", "dlib")),
    "hardware": Module(uses=("core",), third=("GStreamer", "libevdev"), system=True),
    "hardware/lockd": Module(uses=("core",), third=("libgpiod",), system=True),
    "storage": Module(uses=("core",), third=("libsodium", "libzip"), qt=("Core", "Sql"), system=True),
    "network": Module(uses=("core",), qt=("Core", "Network", "WebSockets"), system=True,
                      third=("libmicrohttpd", "OpenSSL", "libcurl", "libmosquitto", "Avahi", "libbz2")),
    "ui": Module(uses=("core", "resources"), third=("libqrencode",),
                 qt=("Core", "Gui", "Widgets", "Svg", "Multimedia", "QuickWidgets", "Qml", "Charts")),
    "resources": Module(qt=("Core",)),
    # D-Bus: the viewer's notifications are the desktop's, which offers them there and nowhere else.
    "app": Module(uses=ALL, third=("toml++", "CLI11", "sd-daemon"), qt=("Core", "Gui", "Widgets", "DBus"), system=True,
                  threads=True),
}
# storage_log stands inside storage for the viewer, which must not bring the rest along.
STORAGE_LOG_LINKS = {"facelatch_core", "facelatch_flags", "Qt6::Core", "Qt6::Sql"}

# Tests may use what their module may, and the test libraries; these see more than one module.
TEST_FOLDERS = {
    "support": ("core", "hardware", "recognition", "storage", "ui"),
    "app": ALL + ("app", "hardware/lockd"),
    "hardware": ("core", "hardware", "hardware/lockd"),
    "lockd": ("core", "hardware/lockd"),
    "ui": ("core", "resources", "ui"),
    "faults": (),
    "layers": (),
    "packaging": (),
    "scripts": (),
} | {name: ("core", name) for name in ("core", "recognition", "storage", "network")}
# Recognition's tests read the manifest and check hashes themselves, as app does for the programs.
TEST_THIRD = {"recognition": ("toml++", "libsodium")}

OTHER_TOP_FOLDERS = {"packaging", "tests", "build"}

# First path component, or whole name, of an include -> family.
FAMILIES = {
    "opencv2": "OpenCV", "dlib": "dlib", "gst": "GStreamer", "glib.h": "GStreamer", "libevdev": "libevdev",
    "gpiod.h": "libgpiod", "sodium.h": "libsodium", "zip.h": "libzip", "microhttpd.h": "libmicrohttpd",
    "openssl": "OpenSSL", "curl": "libcurl", "bzlib.h": "libbz2", "mosquitto.h": "libmosquitto", "avahi-client": "Avahi",
    "avahi-common": "Avahi", "qrencode.h": "libqrencode", "toml++": "toml++", "CLI": "CLI11", "systemd": "sd-daemon",
    "gtest": "GoogleTest", "gmock": "GoogleTest",
}
# How the families are called on a link line.
LINK_NAMES = {
    "OpenCV": r"\$\{OPENCV_(core|imgproc|imgcodecs|dnn)_LIBRARY\}", "dlib": r"\$\{(DLIB|LAPACK|BLAS)_LIBRARY\}",
    "GStreamer": r"PkgConfig::GSTREAMER", "libevdev": r"PkgConfig::EVDEV", "libgpiod": r"PkgConfig::GPIOD",
    "libsodium": r"PkgConfig::SODIUM", "libzip": r"PkgConfig::ZIP", "libmicrohttpd": r"PkgConfig::MICROHTTPD",
    "OpenSSL": r"OpenSSL::(SSL|Crypto)", "libcurl": r"PkgConfig::CURL", "libbz2": r"BZip2::BZip2", "libmosquitto": r"PkgConfig::MOSQUITTO",
    "Avahi": r"PkgConfig::AVAHI", "libqrencode": r"PkgConfig::QRENCODE", "toml++": r"(tomlplusplus::tomlplusplus|PkgConfig::TOMLPLUSPLUS)",
    "CLI11": r"CLI11::CLI11", "sd-daemon": r"PkgConfig::SYSTEMD",
}

STANDARD = set("""algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono
cinttypes climits clocale cmath compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef
cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem format forward_list
fstream functional future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map
memory memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator
semaphore set shared_mutex source_location span sstream stack stdexcept stop_token streambuf string string_view
strstream syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility
valarray variant vector version""".split())
SYSTEM = re.compile(r"^(sys|linux|netinet|arpa|net)/|^(unistd|fcntl|poll|pwd|grp|signal|termios|dirent|sched|pthread|"
                    r"netdb|ifaddrs|syslog|getopt|spawn|time|errno|malloc|dlfcn)\.h$")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
COMMENT = re.compile(r"//.*$|/\*.*?\*/")
CLOCK = re.compile(r"::now\s*\(|\b(gettimeofday|clock_gettime|localtime|localtime_r|std::time)\s*\(|\btime\s*\(\s*(nullptr|NULL|0)?\s*\)")
THREADS = re.compile(r"\b(QThread\w*|QtConcurrent|QRunnable|std::(jthread|async|thread)\b(?!::))")
SQL = re.compile(r"\b(SELECT\s.*\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|"
                 r"(CREATE|DROP|ALTER)\s+(TABLE|INDEX|TRIGGER)|PRAGMA\s+\w+)\b|\bQSql")
APP_LINES = 300
LOCKD_LINES = 600


@dataclass(frozen=True)
class Finding:
    rule: str
    text: str


RULES = {
    "folders": "only the folders of the table",
    "includes": "only the includes of the table",
    "headers": "no third-party header in a header that another module includes",
    "links": "only the libraries of the table, on one line, third parties PRIVATE",
    "storage_log": "storage's log reader needs nothing of the rest of storage",
    "clocks": "core reads no clock",
    "threads": "only app starts threads",
    "app": "app holds no SQL, no OpenCV, no GPIO, and no long file",
    "lockd": "the lock daemon stays small, libgpiod in one file for each of its versions",
}


class House:
    def __init__(self, root: Path, qt_headers: Path | None) -> None:
        self.root = root
        self.qt_headers = qt_headers
        self.findings: list[Finding] = []
        self.lines: dict[str, list[str]] = {}
        self.targets: dict[str, str] = {}
        for folder in [*MODULES, "tests"]:
            if (root / folder).is_dir():
                for path in sorted((root / folder).rglob("*")):
                    if path.suffix in (".h", ".cpp"):
                        name = path.relative_to(root).as_posix()
                        self.lines[name] = path.read_text(encoding="utf-8", errors="replace").splitlines()

    def report(self, rule: str, place: str, text: str) -> None:
        finding = Finding(rule, f"{place}: {text}")
        if finding not in self.findings:
            self.findings.append(finding)

    # --- names -------------------------------------------------------------------------------------------------------

    @staticmethod
    def module_of(name: str) -> str | None:
        """The row of the table a path belongs to; the deepest folder counts."""
        for module in sorted(MODULES, key=len, reverse=True):
            if name.startswith(module + "/"):
                return module
        return None

    def rights(self, name: str) -> Module | None:
        """What a source file may use; for a test its module's rights, widened."""
        if not name.startswith("tests/"):
            module = self.module_of(name)
            return MODULES[module] if module else None
        folder = name.split("/")[1]
        if folder not in TEST_FOLDERS:
            return None
        own = {"lockd": "hardware/lockd"}.get(folder, folder)
        uses = TEST_FOLDERS[folder]
        third = set(TEST_THIRD.get(folder, ())) | {family for used in (*uses, own) if used in MODULES for family in MODULES[used].third}
        qt = {part for used in (*uses, own) if used in MODULES for part in MODULES[used].qt}
        return Module(uses=uses, third=(*third, "GoogleTest"), qt=(*qt, "Core", "Gui", "Test"), system=True, threads=True)

    def includes(self, name: str) -> Iterator[tuple[int, str, str]]:
        for number, line in enumerate(self.lines[name], 1):
            if match := INCLUDE.match(line):
                yield number, match[1], match[2]

    def qt_module(self, header: str) -> str | None:
        """The Qt module a header belongs to: QSqlQuery -> Sql; found where Qt is installed."""
        if "/" in header:
            first = header.split("/")[0]
            return first[2:] if first.startswith("Qt") else None
        if self.qt_headers is None:
            return None
        found = sorted(self.qt_headers.glob(f"Qt*/{header}"))
        return found[0].parent.name[2:] if found else None

    def family(self, header: str) -> str | None:
        """Third-party family of an <include>: a name of FAMILIES, "Qt Sql", "std", "system", or nothing."""
        if header in STANDARD:
            return "std"
        if SYSTEM.match(header):
            return "system"
        if header.split("/")[0] in FAMILIES:
            return FAMILIES[header.split("/")[0]]
        part = self.qt_module(header) if header.startswith("Q") else None
        return f"Qt {part}" if part else None

    # --- rules -------------------------------------------------------------------------------------------------------

    def check_folders(self) -> None:
        known = {module.split("/")[0] for module in MODULES} | OTHER_TOP_FOLDERS
        for path in sorted(self.root.iterdir()):
            if path.is_dir() and not path.name.startswith(".") and path.name not in known:
                self.report("folders", path.name, "is not in the table")
            if path.is_file() and path.suffix in (".h", ".cpp"):
                self.report("folders", path.name, "is a source file outside the folders of the table")
        for folder in sorted((self.root / "tests").glob("*/")):
            if folder.is_dir() and folder.name not in TEST_FOLDERS and folder.name != "__pycache__":
                self.report("folders", f"tests/{folder.name}", "is not in the table")

    def check_includes(self) -> None:
        for name in self.lines:
            rights = self.rights(name)
            if rights is None:
                self.report("folders", name, "belongs to no folder of the table")
                continue
            for number, bracket, header in self.includes(name):
                place = f"{name}:{number}"
                if bracket == '"':
                    self.check_project_include(name, place, header, rights)
                else:
                    self.check_foreign_include(name, place, header, rights)

    def check_project_include(self, name: str, place: str, header: str, rights: Module) -> None:
        if header.endswith(".moc"):
            return
        if name.startswith("tests/") and ((self.root / name).parent / header).is_file():
            return
        if header.startswith("tests/"):
            own = "/".join(name.split("/")[:2])
            if not name.startswith("tests/") or not header.startswith((own + "/", "tests/support/")):
                self.report("includes", place, f"{header}: only a test may include its own folder's and tests/support's")
            return
        module = self.module_of(header)
        if module is None:
            self.report("includes", place, f'"{header}" is no path from the source root into a folder of the table')
        elif module != self.module_of(name) and module not in rights.uses:
            self.report("includes", place, f"{header}: {name.rsplit('/', 1)[0]} may not use {module}")
        elif not (self.root / header).is_file():
            self.report("includes", place, f"{header} does not exist")

    def check_foreign_include(self, name: str, place: str, header: str, rights: Module) -> None:
        family = self.family(header)
        if family is None:
            self.report("includes", place, f"<{header}> is of no library in the table")
        elif family == "system" and not rights.system:
            self.report("includes", place, f"<{header}>: this folder uses no system headers")
        elif family.startswith("Qt ") and family[3:] not in rights.qt:
            self.report("includes", place, f"<{header}> is Qt {family[3:]}, which this folder may not use")
        elif not family.startswith("Qt ") and family not in ("std", "system", *rights.third):
            self.report("includes", place, f"<{header}> is {family}, which this folder may not use")
        elif family in ("OpenCV", "dlib", "libgpiod") and name.endswith(".h") and not name.startswith("tests/"):
            self.report("includes", place, f"<{header}>: {family} is included in .cpp files only")

    def check_headers(self) -> None:
        for name in self.lines:
            for number, bracket, header in self.includes(name):
                module = self.module_of(header) if bracket == '"' else None
                if module and not name.startswith("tests/") and module != self.module_of(name):
                    for seen, foreign in self.foreign_headers(header, set()):
                        self.report("headers", f"{name}:{number}", f"{header} brings <{foreign}> along (by {seen})")

    def foreign_headers(self, header: str, visited: set[str]) -> Iterator[tuple[str, str]]:
        """Third-party headers that a header of ours brings along; Qt's basic values and widgets are no secret."""
        if header in visited or header not in self.lines:
            return
        visited.add(header)
        for _, bracket, inner in self.includes(header):
            if bracket == '"':
                yield from self.foreign_headers(inner, visited)
            elif self.family(inner) not in (None, "std", "system", "Qt Core", "Qt Gui", "Qt Widgets"):
                yield header, inner

    def check_links(self) -> None:
        self.find_targets()
        for path in [self.root / "CMakeLists.txt", *sorted(self.root.glob("*/CMakeLists.txt")),
                     *sorted(self.root.glob("hardware/*/CMakeLists.txt")), *sorted(self.root.glob("tests/*/CMakeLists.txt"))]:
            if not path.is_file() or "build" in path.relative_to(self.root).parts:
                continue
            name = path.relative_to(self.root).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                line = line.split("#")[0].strip()
                place = f"{name}:{number}"
                if re.match(r"(link_libraries|include_directories|link_directories)\s*\(", line):
                    self.report("links", place, "settings for a whole folder hide what a target uses")
                elif line.startswith("target_link_libraries") and not name.startswith("tests/"):
                    self.check_link_line(name, place, line)
                elif line.startswith("facelatch_add_test") and name.count("/") == 2:
                    self.check_test_line(name, place, line)

    def check_storage_log(self) -> None:
        """The viewer will link the log reader alone: its files include only each other of storage, and no libsodium."""
        path = self.root / "storage/CMakeLists.txt"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        match = re.search(r"set\(storage_log_sources\s+([^)]*)\)", text)
        if "facelatch_storage_log" not in text:
            return
        if not match:
            self.report("storage_log", "storage/CMakeLists.txt", "no line set(storage_log_sources ...)")
            return
        sources = {f"storage/{source}" for source in match[1].split()}
        for source in sorted(sources):
            for header in self.closure(source, set()):
                beside = header.removesuffix(".h") + ".cpp"
                if header.startswith("storage/") and beside in self.lines and beside not in sources:
                    self.report("storage_log", source, f"includes {header}, which belongs to the rest of storage")
                if any(self.family(inner) == "libsodium" for _, bracket, inner in self.includes(header) if bracket == "<"):
                    self.report("storage_log", source, f"{header} includes libsodium")

    def closure(self, name: str, visited: set[str]) -> set[str]:
        """`name` and every header of ours it includes, directly or not."""
        if name in self.lines and name not in visited:
            visited.add(name)
            for _, bracket, header in self.includes(name):
                if bracket == '"':
                    self.closure(header, visited)
        return visited

    def check_link_line(self, name: str, place: str, line: str) -> None:
        match = re.fullmatch(r"target_link_libraries\((\S+)\s+(.*)\)", line)
        if not match:
            self.report("links", place, "the dependencies of a target stand on one line")
            return
        target, words = match[1], match[2].split()
        module = self.module_of(name)
        rights = MODULES.get(module or "")
        scope = "PUBLIC"
        for word in words:
            if word in ("PUBLIC", "PRIVATE", "INTERFACE"):
                scope = word
            elif rights is None:
                self.report("links", place, f"{target} is in no folder of the table")
                return
            elif target == "facelatch_storage_log" and word not in STORAGE_LOG_LINKS:
                self.report("links", place, f"{target} may not use {word}")
            elif not self.may_link(module, rights, word):
                self.report("links", place, f"{target} may not use {word}")
            elif scope != "PRIVATE" and any(re.fullmatch(LINK_NAMES[family], word) for family in rights.third):
                self.report("links", place, f"{target} uses {word} {scope}; third parties are PRIVATE")

    def find_targets(self) -> None:
        """Which folder makes which target, from its add_library and add_executable lines."""
        for module in MODULES:
            path = self.root / module / "CMakeLists.txt"
            if path.is_file():
                for target in re.findall(r"^\s*(?:qt_)?add_(?:library|executable)\((\S+)", path.read_text(encoding="utf-8"), re.M):
                    self.targets[target] = module

    def module_of_target(self, word: str) -> str | None:
        """facelatch_kiosk -> app where app's CMakeLists.txt makes it; else by its name: facelatch_ui_icons -> ui."""
        if word in self.targets:
            return self.targets[word]
        stem = word.replace("-", "_").removeprefix("facelatch_")
        if stem == "lockd" or stem.startswith("lockd_"):
            return "hardware/lockd"
        return next((module for module in MODULES if stem == module or stem.startswith(module + "_")), None)

    def may_link(self, module: str, rights: Module, word: str) -> bool:
        if word in ("facelatch_flags", "Threads::Threads"):
            return True
        if word.startswith(("facelatch_", "facelatch-")):
            target = self.module_of_target(word)
            return target == module or target in rights.uses
        if word.startswith("Qt6::"):
            return word[5:] in rights.qt
        return any(re.fullmatch(LINK_NAMES[family], word) for family in rights.third)

    def check_test_line(self, name: str, place: str, line: str) -> None:
        folder = name.split("/")[1]
        allowed = TEST_FOLDERS.get(folder, ())
        for word in re.findall(r"\bfacelatch_(?!add_test)\w+", line):
            target = self.module_of_target(word)
            if word not in ("facelatch_flags",) and "support" not in word and target not in allowed:
                self.report("links", place, f"a test of {folder} may not use {word}")

    def code(self, name: str) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(self.lines[name], 1):
            yield number, COMMENT.sub("", line)

    def check_code(self) -> None:
        for name in self.lines:
            if name.startswith("tests/"):
                continue
            module = self.module_of(name)
            for number, line in self.code(name):
                place = f"{name}:{number}"
                if module == "core" and CLOCK.search(line):
                    self.report("clocks", place, f"time is an argument: {line.strip()}")
                if module and not MODULES[module].threads and (match := THREADS.search(line)):
                    self.report("threads", place, f"{match[0]}: only app owns threads")
                if module == "app" and (match := SQL.search(line) or re.search(r"\bcv::|\bgpiod", line)):
                    self.report("app", place, f"{match[0]!r} belongs into another folder")
            if module == "app" and len(self.lines[name]) > APP_LINES:
                self.report("app", name, f"{len(self.lines[name])} lines; {APP_LINES} are the limit in app")

    def check_lockd(self) -> None:
        sources = {name: lines for name, lines in self.lines.items() if name.startswith("hardware/lockd/")}
        users = [name for name in sources if any(header == "gpiod.h" for _, _, header in self.includes(name))]
        by_version: dict[str, list[str]] = {}
        for name in users:
            match = re.search(r"gpiod([12])", Path(name).name)
            by_version.setdefault(match[1] if match else "?", []).append(name)
        for version, names in by_version.items():
            if version == "?" or len(names) > 1:
                self.report("lockd", ", ".join(names), "one file, named for its version, includes gpiod.h")
        # One daemon is built with one of the two libgpiod files: the longer one counts.
        # Comments do not count, or the limit would be kept by leaving them out.
        sizes = {name: sum(1 for _, line in self.code(name) if line.strip()) for name in sources}
        lines = sum(size for name, size in sizes.items() if name not in users)
        lines += max((sizes[name] for name in users), default=0)
        if lines >= LOCKD_LINES:
            self.report("lockd", "hardware/lockd", f"{lines} lines without comments; under {LOCKD_LINES} is the limit")

    def check(self) -> list[Finding]:
        self.check_folders()
        self.check_includes()
        self.check_headers()
        self.check_links()
        self.check_storage_log()
        self.check_code()
        self.check_lockd()
        return self.findings


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks the layers of the source tree.")
    parser.add_argument("root", nargs="?", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--qt-headers", type=Path, help="the folder that holds QtCore, QtWidgets and so on")
    arguments = parser.parse_args()
    findings = House(arguments.root, arguments.qt_headers).check()
    for rule, meaning in RULES.items():
        broken = [finding for finding in findings if finding.rule == rule]
        for finding in broken:
            print(f"FAIL {rule}: {finding.text}")
        if not broken:
            print(f"PASS {rule}: {meaning}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
