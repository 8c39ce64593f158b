#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the built Debian package is: check_package.py FOLDER

FOLDER holds what packaging/build_deb.sh made. Looks at the newest facelatch_*.deb in it: files, owners and rights, fields,
what its maintainer scripts do; lintian; systemd's own judgement of the units. Prints "PASS what" or "FAIL what: why".
"""
import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

# Path -> rights and owner; what is not here may be there too, but nobody but root may write it.
FILES = {
    "/usr/bin/facelatch": "-rwxr-xr-x root/root",
    "/usr/bin/facelatch-ctl": "-rwxr-xr-x root/root",
    "/usr/bin/facelatch-viewer": "-rwxr-xr-x root/root",
    "/usr/share/applications/facelatch-viewer.desktop": "-rw-r--r-- root/root",
    "/usr/share/icons/hicolor/scalable/apps/facelatch-viewer.svg": "-rw-r--r-- root/root",
    "/usr/share/man/man1/facelatch-viewer.1.gz": "-rw-r--r-- root/root",
    "/usr/sbin/facelatch-lockd": "-rwxr-xr-x root/root",
    "/etc/facelatch/settings.toml": "-rw-r--r-- root/root",
    "/etc/facelatch/lockd.conf": "-rw-r--r-- root/root",
    "/lib/systemd/system/facelatch.service": "-rw-r--r-- root/root",
    "/lib/systemd/system/facelatch-lockd.service": "-rw-r--r-- root/root",
    "/lib/systemd/system/facelatch-sound.service": "-rw-r--r-- root/root",
    "/lib/udev/rules.d/60-facelatch.rules": "-rw-r--r-- root/root",
    "/usr/lib/sysusers.d/facelatch.conf": "-rw-r--r-- root/root",
    "/usr/lib/tmpfiles.d/facelatch.conf": "-rw-r--r-- root/root",
    "/usr/share/man/man1/facelatch.1.gz": "-rw-r--r-- root/root",
    "/usr/share/man/man1/facelatch-ctl.1.gz": "-rw-r--r-- root/root",
    "/usr/share/man/man5/facelatch-settings.5.gz": "-rw-r--r-- root/root",
    "/usr/share/man/man8/facelatch-lockd.8.gz": "-rw-r--r-- root/root",
    "/usr/share/doc/facelatch/copyright": "-rw-r--r-- root/root",
    "/usr/share/doc/facelatch/examples/offscreen.conf": "-rw-r--r-- root/root",
    "/usr/share/doc/facelatch/examples/eglfs.conf": "-rw-r--r-- root/root",
    "/usr/share/doc/facelatch/examples/sound.conf": "-rw-r--r-- root/root",
    "/usr/share/doc/facelatch/examples/70-facelatch-sticks.rules": "-rw-r--r-- root/root",
}
CONFFILES = {"/etc/facelatch/settings.toml", "/etc/facelatch/lockd.conf"}
DEPENDS = ["libqt6sql6-sqlite", "qt6-qpa-plugins", "gstreamer1.0-plugins-good", "libopencv-dnn", "libgpiod", "libsystemd0"]
RECOMMENDS = ["cage", "qt6-wayland", "gstreamer1.0-libcamera", "gstreamer1.0-libav", "pulseaudio", "fonts-noto-color-emoji"]
# Never part of the package: models, photographs, and what is not free for every use.
UNWANTED = re.compile(r"\.(onnx|dat|jpg|jpeg|png)$|libdlib-data")
EXPOSURE = {"facelatch.service": 2.5, "facelatch-lockd.service": 1.5, "facelatch-sound.service": 1.5}


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class Package:
    def __init__(self, deb: Path, work: Path) -> None:
        self.deb = deb
        self.root = work / "root"
        self.control = work / "control"
        output("dpkg-deb", "-x", str(deb), str(self.root))
        output("dpkg-deb", "-e", str(deb), str(self.control))
        self.files: dict[str, str] = {}
        for line in output("dpkg-deb", "-c", str(deb)).splitlines():
            words = line.split(maxsplit=5)
            self.files[words[5].split(" -> ")[0].removeprefix(".")] = f"{words[0]} {words[1]}"

    def field(self, name: str) -> str:
        return output("dpkg-deb", "-f", str(self.deb), name)

    # Each check returns what is wrong with its subject.

    def has_its_files(self) -> list[str]:
        return [f"{path} is {self.files.get(path, 'missing')}, not {wanted}"
                for path, wanted in FILES.items() if self.files.get(path) != wanted]

    def only_root_may_write(self) -> list[str]:
        return [f"{path} is {rights}" for path, rights in self.files.items()
                if rights.split()[1] != "root/root" or (not rights.startswith("l") and "w" in rights[5:10].replace("-", ""))]

    def no_set_uid(self) -> list[str]:
        return [path for path, rights in self.files.items() if "s" in rights.split()[0].lower()]

    def nothing_foreign(self) -> list[str]:
        return [path for path in self.files if UNWANTED.search(path)] + \
            (["libdlib-data among its dependencies"] if "libdlib-data" in self.field("Depends") + self.field("Recommends") else [])

    def conffiles_are_the_owners(self) -> list[str]:
        listed = set((self.control / "conffiles").read_text(encoding="utf-8").split())
        return [f"{path} is no conffile" for path in CONFFILES - listed] + \
            [f"{path} is a conffile" for path in listed - CONFFILES]

    def depends_on_what_it_loads(self) -> list[str]:
        depends, recommends = self.field("Depends"), self.field("Recommends")
        return [f"Depends lacks {name}" for name in DEPENDS if name not in depends] + \
            [f"Recommends lacks {name}" for name in RECOMMENDS if name not in recommends]

    def scripts_enable_nothing(self) -> list[str]:
        postinst = (self.control / "postinst").read_text(encoding="utf-8")
        wrong = [] if "systemd-sysusers" in postinst else ["postinst makes no users"]
        # The form that enables only what was enabled before; deb-systemd-invoke leaves alone what is not enabled.
        for unit in EXPOSURE:
            if f"deb-systemd-helper debian-installed '{unit}'" not in postinst:
                wrong.append(f"postinst enables {unit}")
        if re.search(r"systemctl\s+(start|enable)", postinst):
            wrong.append("postinst starts a service by systemctl")
        return wrong

    def programs_answer(self) -> list[str]:
        version = self.field("Version").strip()
        wrong = []
        for program in ("usr/bin/facelatch", "usr/bin/facelatch-ctl", "usr/bin/facelatch-viewer", "usr/sbin/facelatch-lockd"):
            result = subprocess.run([str(self.root / program), "--version"], capture_output=True, text=True, check=False)
            if result.returncode != 0 or version not in result.stdout:
                wrong.append(f"{program} --version: {result.returncode} {result.stdout}{result.stderr}")
        return wrong

    def settings_are_understood(self) -> list[str]:
        result = subprocess.run([str(self.root / "usr/bin/facelatch-ctl"), "--data", str(self.root / "data"), "--settings",
                                 str(self.root / "etc/facelatch/settings.toml"), "settings", "check"],
                                capture_output=True, text=True, check=False)
        return [] if result.returncode == 0 else [result.stdout + result.stderr]

    def lintian(self) -> list[str]:
        result = subprocess.run(["lintian", "--allow-root", "--fail-on", "none", "--tag-display-limit", "0", str(self.deb)],
                                capture_output=True, text=True, check=False)
        for line in result.stdout.splitlines():
            print(f"    lintian {line}")
        return [line for line in (result.stdout + result.stderr).splitlines() if line.startswith("E:")] + \
            ([f"lintian itself failed: {result.stderr}"] if result.returncode != 0 else [])

    def units_are_right(self) -> list[str]:
        """systemd-analyze verify, with this package's programs where the units name them."""
        wrong = []
        for unit in EXPOSURE:
            copy = self.root.parent / unit
            text = (self.root / "lib/systemd/system" / unit).read_text(encoding="utf-8")
            for program in ("/usr/bin/facelatch", "/usr/sbin/facelatch-lockd"):
                text = re.sub(rf"=(-?){program}\b", rf"=\g<1>{self.root}{program}", text)
            copy.write_text(text, encoding="utf-8")
        for unit in EXPOSURE:
            result = subprocess.run(["systemd-analyze", "verify", "--man=no", str(self.root.parent / unit)],
                                    capture_output=True, text=True, check=False)
            wrong += [line for line in (result.stdout + result.stderr).splitlines() if unit in line]
        return wrong

    def units_are_confined(self) -> list[str]:
        wrong = []
        for unit, limit in EXPOSURE.items():
            text = output("systemd-analyze", "security", "--offline=true", "--no-pager",
                          str(self.root / "lib/systemd/system" / unit))
            match = re.search(r"Overall exposure level for \S+: ([0-9.]+)", text)
            print(f"    {unit}: exposure {match[1] if match else 'unknown'}, at most {limit}")
            if not match or float(match[1]) > limit:
                wrong.append(f"{unit}: {match[0] if match else text}")
        return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks the built Debian package.")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    debs = sorted(arguments.folder.glob("facelatch_*.deb"), key=lambda path: path.stat().st_mtime)
    if not debs:
        print(f"FAIL package: no facelatch_*.deb in {arguments.folder} (packaging/build_deb.sh)")
        return 1
    failed = False
    with tempfile.TemporaryDirectory() as work:
        package = Package(debs[-1], Path(work))
        checks: dict[str, tuple[Callable[[], list[str]], str]] = {
            "has its files with their rights": (package.has_its_files, ""),
            "only root may write what it brings": (package.only_root_may_write, ""),
            "brings no program that changes the user": (package.no_set_uid, ""),
            "brings no model and no photograph": (package.nothing_foreign, ""),
            "configuration belongs to the owner": (package.conffiles_are_the_owners, ""),
            "depends on what it loads": (package.depends_on_what_it_loads, ""),
            "installing makes users and enables nothing": (package.scripts_enable_nothing, ""),
            "its programs say the package's version": (package.programs_answer, ""),
            "its settings are understood": (package.settings_are_understood, ""),
            "lintian finds no error": (package.lintian, "lintian"),
            "systemd understands its units": (package.units_are_right, "systemd-analyze"),
            "its units are confined": (package.units_are_confined, "systemd-analyze"),
        }
        for name, (check, tool) in checks.items():
            if tool and not shutil.which(tool):
                print(f"SKIP {name}: {tool} is not installed (apt-get install {tool.split('-')[0]})")
                continue
            wrong = check()
            for text in wrong:
                print(f"FAIL {name}: {text}")
            if not wrong:
                print(f"PASS {name}")
            failed = failed or bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
