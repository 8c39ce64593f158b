#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A check must be able to fail: plants one violation at a time into a small clean tree and expects it to be found.

test_checks.py; prints "PASS what" or "FAIL what", exits with 1 when a planted violation went unseen.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPDX = "// SPDX-License-Identifier: GPL-3.0-or-later\n"

CLEAN = {
    "CMakeLists.txt": "# SPDX-License-Identifier: GPL-3.0-or-later\nadd_subdirectory(core)\n",
    "README.md": "See [the list](packaging/packages.txt) and [Debian](https://www.debian.org).\n",
    "packaging/packages.txt": "# SPDX-License-Identifier: GPL-3.0-or-later\ng++\n",
    "core/frame.h": SPDX + "#include <cstdint>\n",
    "core/CMakeLists.txt": "target_link_libraries(facelatch_core PUBLIC facelatch_flags)\n",
    "recognition/pipeline.h": SPDX + '#include "core/frame.h"\n',
    "recognition/pipeline.cpp": SPDX + '#include "recognition/pipeline.h"\n#include <opencv2/core.hpp>\n#include <dlib/array2d.h>\n',
    "recognition/CMakeLists.txt":
        "target_link_libraries(facelatch_recognition PUBLIC facelatch_core PRIVATE ${OPENCV_core_LIBRARY} ${DLIB_LIBRARY})\n",
    "hardware/lock.h": SPDX + '#include "core/frame.h"\n',
    "hardware/lock.cpp": SPDX + '#include "hardware/lock.h"\n#include <gst/gst.h>\n#include <sys/socket.h>\n',
    "hardware/lockd/gpiod1_lines.cpp": SPDX + "#include <gpiod.h>\n",
    "hardware/lockd/gpiod2_lines.cpp": SPDX + "#include <gpiod.h>\n",
    "hardware/lockd/CMakeLists.txt":
        "target_link_libraries(facelatch-lockd PRIVATE facelatch_core PkgConfig::GPIOD)\n",
    "storage/store.h": SPDX + "#include <QString>\n",
    "storage/store.cpp": SPDX + '#include "storage/store.h"\n#include <QSqlQuery>\n#include <sodium.h>\n',
    "storage/reader.cpp": SPDX + '#include "storage/reader.h"\n',
    "storage/reader.h": SPDX,
    "storage/CMakeLists.txt":
        "set(storage_log_sources reader.cpp)\n"
        "target_link_libraries(facelatch_storage_log PUBLIC facelatch_core PRIVATE Qt6::Core Qt6::Sql)\n",
    "network/download.cpp": SPDX + "#include <QTcpSocket>\n#include <curl/curl.h>\n",
    "ui/window.h": SPDX + "#include <QWidget>\n",
    "app/main.cpp": SPDX + '#include "ui/window.h"\n#include "storage/store.h"\n#include <CLI/CLI.hpp>\n#include <QThread>\n',
    "app/CMakeLists.txt": "add_library(facelatch_kiosk STATIC main.cpp)\n"
                          "target_link_libraries(facelatch PRIVATE facelatch_kiosk facelatch_ui CLI11::CLI11 Qt6::Widgets)\n",
    "tests/core/tst_frame.cpp": SPDX + '#include "core/frame.h"\n#include <gtest/gtest.h>\n',
    "tests/core/CMakeLists.txt": "facelatch_add_test(tst_frame SOURCES tst_frame.cpp LINK facelatch_core LABELS unit)\n",
    "resources/icon.svg": "<svg/>\n",
}

# What is planted, where, with which content (added to what is there), and a part of the line that must be printed.
LAYERS = [
    ("a new folder of sources", "vision/eye.cpp", SPDX, "FAIL folders: vision"),
    ("a new folder of tests", "tests/vision/tst_eye.cpp", SPDX, "FAIL folders: tests/vision"),
    ("a source beside the folders", "main.cpp", SPDX, "FAIL folders: main.cpp"),
    ("core uses a floor above", "core/a.cpp", '#include "recognition/pipeline.h"\n', "FAIL includes: core/a.cpp:1"),
    ("core uses Qt", "core/a.cpp", "#include <QString>\n", "FAIL includes: core/a.cpp:1: <QString> is Qt Core"),
    ("core uses the system", "core/a.cpp", "#include <unistd.h>\n", "FAIL includes: core/a.cpp:1: <unistd.h>"),
    ("core reads the steady clock", "core/a.cpp", "auto t = std::chrono::steady_clock::now();\n", "FAIL clocks: core/a.cpp:1"),
    ("core reads the C clock", "core/a.cpp", "auto t = time(nullptr);\n", "FAIL clocks: core/a.cpp:1"),
    ("siblings include each other", "ui/a.cpp", '#include "storage/store.h"\n', "FAIL includes: ui/a.cpp:1: storage/store.h"),
    ("lockd is no part of hardware's client", "hardware/a.cpp", '#include "hardware/lockd/lockd.h"\n', "FAIL includes: hardware/a.cpp:1"),
    ("hardware uses recognition", "hardware/a.cpp", '#include "recognition/pipeline.h"\n', "FAIL includes: hardware/a.cpp:1"),
    ("OpenCV outside recognition", "hardware/a.cpp", "#include <opencv2/core.hpp>\n", "FAIL includes: hardware/a.cpp:1: <opencv2/core.hpp> is OpenCV"),
    ("OpenCV in a header", "recognition/a.h", "#include <opencv2/core.hpp>\n", "FAIL includes: recognition/a.h:1"),
    ("dlib in app", "app/a.cpp", "#include <dlib/array2d.h>\n", "FAIL includes: app/a.cpp:1"),
    ("GStreamer in ui", "ui/a.cpp", "#include <gst/gst.h>\n", "FAIL includes: ui/a.cpp:1"),
    ("gpiod in hardware, not in lockd", "hardware/a.cpp", "#include <gpiod.h>\n", "FAIL includes: hardware/a.cpp:1"),
    ("gpiod in two files of one version", "hardware/lockd/gpiod1_more.cpp", "#include <gpiod.h>\n", "FAIL lockd: hardware/lockd/gpiod1_lines.cpp"),
    ("gpiod in a file without a version", "hardware/lockd/main.cpp", "#include <gpiod.h>\n", "FAIL lockd: hardware/lockd/main.cpp"),
    ("Qt in lockd", "hardware/lockd/a.cpp", "#include <QString>\n", "FAIL includes: hardware/lockd/a.cpp:1"),
    ("lockd grows too long", "hardware/lockd/a.cpp", "int x;\n" * 600, "FAIL lockd: hardware/lockd: 60"),
    ("Sql in network", "network/a.cpp", "#include <QSqlQuery>\n", "FAIL includes: network/a.cpp:1: <QSqlQuery> is Qt Sql"),
    ("sodium in network", "network/a.cpp", "#include <sodium.h>\n", "FAIL includes: network/a.cpp:1"),
    ("curl in storage", "storage/a.cpp", "#include <curl/curl.h>\n", "FAIL includes: storage/a.cpp:1"),
    ("sockets in ui", "ui/a.cpp", "#include <QTcpSocket>\n", "FAIL includes: ui/a.cpp:1: <QTcpSocket> is Qt Network"),
    ("the system in ui", "ui/a.cpp", "#include <fcntl.h>\n", "FAIL includes: ui/a.cpp:1"),
    ("the whole of a Qt module", "ui/a.cpp", "#include <QtSql/QSqlQuery>\n", "FAIL includes: ui/a.cpp:1"),
    ("CLI11 outside app", "storage/a.cpp", "#include <CLI/CLI.hpp>\n", "FAIL includes: storage/a.cpp:1"),
    ("an unknown library", "network/a.cpp", "#include <boost/asio.hpp>\n", "FAIL includes: network/a.cpp:1: <boost/asio.hpp> is of no"),
    ("an unknown Qt class", "ui/a.cpp", "#include <QNoSuchThing>\n", "FAIL includes: ui/a.cpp:1: <QNoSuchThing> is of no"),
    ("a path that is not from the root", "recognition/a.cpp", '#include "pipeline.h"\n', "FAIL includes: recognition/a.cpp:1"),
    ("a header that is not there", "recognition/a.cpp", '#include "core/nothing.h"\n', "FAIL includes: recognition/a.cpp:1: core/nothing.h does not exist"),
    ("a program uses a test's header", "app/a.cpp", '#include "tests/support/fake.h"\n', "FAIL includes: app/a.cpp:1"),
    ("a test of core uses storage", "tests/core/tst_a.cpp", '#include "storage/store.h"\n', "FAIL includes: tests/core/tst_a.cpp:1"),
    ("a third-party header in a public header", "storage/store.h", "#include <sodium.h>\n", "FAIL headers: app/main.cpp:3: storage/store.h brings <sodium.h>"),
    ("the same, one header further", "storage/store.h", '#include "storage/inner.h"\n', "brings <sodium.h> along (by storage/inner.h)"),
    ("Sql in a public header", "storage/store.h", "#include <QSqlDatabase>\n", "FAIL headers: app/main.cpp:3: storage/store.h brings <QSqlDatabase>"),
    ("QThread outside app", "storage/a.cpp", "QThread* thread;\n", "FAIL threads: storage/a.cpp:1"),
    ("std::thread outside app", "recognition/a.cpp", "std::jthread thread;\n", "FAIL threads: recognition/a.cpp:1"),
    ("SQL in app", "app/a.cpp", 'auto q = "SELECT name FROM person";\n', "FAIL app: app/a.cpp:1"),
    ("OpenCV's names in app", "app/a.cpp", "cv::Mat m;\n", "FAIL app: app/a.cpp:1"),
    ("a long file in app", "app/a.cpp", "int x;\n" * 301, "FAIL app: app/a.cpp: 301 lines"),
    ("core links Qt", "core/CMakeLists.txt", "target_link_libraries(facelatch_core PUBLIC Qt6::Core)\n", "FAIL links: core/CMakeLists.txt:2"),
    ("a sibling is linked", "recognition/CMakeLists.txt", "target_link_libraries(facelatch_recognition PRIVATE facelatch_storage)\n", "FAIL links: recognition/CMakeLists.txt:2"),
    ("a third party is linked PUBLIC", "recognition/CMakeLists.txt", "target_link_libraries(facelatch_recognition PUBLIC ${DLIB_LIBRARY})\n", "third parties are PRIVATE"),
    ("highgui is linked", "recognition/CMakeLists.txt", "target_link_libraries(facelatch_recognition PRIVATE ${OPENCV_highgui_LIBRARY})\n", "FAIL links: recognition/CMakeLists.txt:2"),
    ("app's own library is linked", "ui/CMakeLists.txt", "target_link_libraries(facelatch_ui PRIVATE facelatch_kiosk)\n", "FAIL links: ui/CMakeLists.txt:1"),
    ("app links what it may not include", "app/CMakeLists.txt", "target_link_libraries(facelatch PRIVATE Qt6::Sql)\n", "FAIL links: app/CMakeLists.txt:3"),
    ("an unknown library is linked", "core/CMakeLists.txt", "target_link_libraries(facelatch_core PRIVATE m)\n", "FAIL links: core/CMakeLists.txt:2"),
    ("dependencies on several lines", "core/CMakeLists.txt", "target_link_libraries(facelatch_core\n    PUBLIC facelatch_flags)\n", "FAIL links: core/CMakeLists.txt:2"),
    ("storage_log brings libsodium along", "storage/CMakeLists.txt", "target_link_libraries(facelatch_storage_log PRIVATE PkgConfig::SODIUM)\n", "FAIL links: storage/CMakeLists.txt:3"),
    ("the log reader uses the rest of storage", "storage/reader.h", '#include "storage/store.h"\n', "FAIL storage_log: storage/reader.cpp: includes storage/store.h"),
    ("the log reader uses libsodium", "storage/reader.h", "#include <sodium.h>\n", "FAIL storage_log: storage/reader.cpp: storage/reader.h includes libsodium"),
    ("libraries for a whole folder", "core/CMakeLists.txt", "link_libraries(m)\n", "FAIL links: core/CMakeLists.txt:2"),
    ("a test of core links storage", "tests/core/CMakeLists.txt", "facelatch_add_test(tst_a SOURCES a.cpp LINK facelatch_storage)\n", "FAIL links: tests/core/CMakeLists.txt:2"),
    ("lockd links Qt", "hardware/lockd/CMakeLists.txt", "target_link_libraries(facelatch-lockd PRIVATE Qt6::Core)\n", "FAIL links: hardware/lockd/CMakeLists.txt:2"),
]
TREE = [
    ("a source without a licence", "core/a.cpp", "int x;\n", "FAIL licence: core/a.cpp"),
    ("a large file", "resources/a.svg", " " * 1_000_001, "FAIL size: resources/a.svg"),
    ("a picture", "resources/a.png", "x", "FAIL text: resources/a.png"),
    ("a binary under another name", "resources/a.txt", "x\0x", "FAIL text: resources/a.txt"),
    ("a path of one machine", "app/a.cpp", SPDX + '"/ho' + 'me/somebody/x"\n', "FAIL paths: app/a.cpp:2"),
    ("an unfinished mark", "app/a.cpp", SPDX + "// TO" + "DO later\n", "FAIL marks: app/a.cpp:2"),
    ("a dead link", "README.md", "[here](docs/none.md)\n", "FAIL links: README.md:2"),
]

failures = 0


def verdict(good: bool, what: str, detail: str = "") -> None:
    global failures
    failures += not good
    print(f"{'PASS' if good else 'FAIL'} {what}{'' if good else ': ' + detail}")


def write(root: Path, name: str, content: str, append: bool = True) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text() if append and path.exists() else ""
    path.write_text(before + content)


def run(check: str, *arguments: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, HERE / check, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def planted(check: str, cases: list[tuple[str, str, str, str]]) -> None:
    for what, name, content, expected in [("nothing", "core/frame.h", "", ""), *cases]:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for clean_name, clean_content in CLEAN.items():
                write(root, clean_name, clean_content)
            for header in ("QtCore/QString", "QtCore/QThread", "QtSql/QSqlQuery", "QtSql/QSqlDatabase",
                           "QtNetwork/QTcpSocket", "QtWidgets/QWidget"):
                write(root, f"build/qt/{header}", "")
            write(root, "storage/inner.h", SPDX + ("#include <sodium.h>\n" if "further" in what else ""))
            write(root, name, content)
            arguments = ["--qt-headers", f"{root}/build/qt"] if check == "check_layers.py" else []
            status, output = run(check, str(root), *arguments)
        if expected:
            found = [line for line in output.splitlines() if line.startswith("FAIL")]
            verdict(status == 1 and any(expected in line for line in found), f"{check} finds: {what}", output)
        else:
            verdict(status == 0 and "FAIL" not in output, f"{check} lets a clean tree pass", output)


def programs() -> None:
    loads_libc = sys.executable
    for what, argument, expected in [
        ("lets a clean program pass", f"{loads_libc}:libnosuch", 0),
        ("finds an unwanted library", f"{loads_libc}:libnosuch,libc.so", 1),
        ("finds a missing program", "nowhere/program:libnosuch", 1),
        ("finds what is no program", f"{__file__}:libnosuch", 1),
    ]:
        status, output = run("check_programs.py", argument)
        verdict(status == expected, f"check_programs.py {what}", output)


if __name__ == "__main__":
    planted("check_layers.py", LAYERS)
    planted("check_tree.py", TREE)
    programs()
    sys.exit(1 if failures else 0)
