#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The shipped lock daemon on simulated GPIO chips (gpio-sim), in a virtual machine without any other hardware. Needs no
# root. About 20 s, after a download of 225 MB and a minute of preparation the first time.
# Usage: run_gpio_sim.sh BUILD [LOCKD]    (the build folder; a daemon other than the build's)
# Prints "PASS name" or "FAIL name why" for each case; exit code 0, 1, or 77 when it cannot run here.
set -euo pipefail

build=$(realpath -- "${1:?Usage: run_gpio_sim.sh BUILD [LOCKD]}")
lockd=$(realpath -- "${2:-$build/hardware/lockd/facelatch-lockd}")
probe=$build/tests/lockd/gpio_sim_probe
lab=$build/gpio-lab
PATH="$PATH:/usr/sbin:/sbin"

skip() { echo "SKIP gpio_sim: $1"; exit 77; }

for tool in qemu-system-x86_64 busybox cpio make apt-get dpkg-deb xz; do
    command -v "$tool" >/dev/null || skip "$tool is not installed (see tests/hardware/packages.txt)"
done
[[ $lab != *[[:space:]]* ]] || skip "the kernel's own build cannot stand a space in a path: $lab"
[[ $(dpkg --print-architecture) == amd64 ]] || skip "the virtual machine is for an amd64 host only"
if ldd "$(command -v busybox)" >/dev/null 2>&1; then
    skip "busybox is not the static one (apt-get install busybox-static)"
fi
for program in "$lockd" "$probe"; do
    [[ -x $program ]] || { echo "FAIL gpio_sim $program is not built (cmake --build $build)"; exit 1; }
done
mkdir -p -- "$lab"
cd -- "$lab"
exec 9>lock
flock 9 # two runs at once would prepare the same files

# --- the distribution's kernel, and gpio-sim for it, which the distribution leaves out -------------------------------

# unpack PACKAGE-FILE FOLDER PATTERN...: only these files of it
unpack() {
    local package=$1 folder=$2
    shift 2
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder" --wildcards "$@"
}

prepare_kernel() {
    local image release version series headers source
    image=$(apt-cache depends linux-image-amd64 | awk '/Depends:/ {print $2; exit}')
    [[ -n $image ]] || skip "the package lists do not know linux-image-amd64 (apt-get update)"
    release=${image#linux-image-}
    version=$(apt-cache show "$image" | awk '/^Version:/ {print $2; exit}')
    series=$(cut -d. -f1,2 <<<"$release")
    echo "Downloading the kernel $release with its headers and source, about 225 MB"
    rm -rf -- kernel tree
    mkdir -p -- tree/deb tree/root tree/module kernel.new
    (cd tree/deb && apt-get download -q "$image=$version" "linux-headers-$release=$version" \
        "linux-headers-${release%-amd64}-common=$version" "linux-kbuild-$series=$version" \
        "linux-source-$series=$version") >download.log 2>&1 ||
        skip "the kernel cannot be downloaded (apt-get update, and see $lab/download.log)"
    unpack tree/deb/linux-image-*.deb tree/root './boot/vmlinuz-*' './lib/modules/*/kernel/fs/configfs/*'
    for headers in tree/deb/linux-headers-*.deb tree/deb/linux-kbuild-*.deb; do
        dpkg-deb -x "$headers" tree/root
    done
    echo "Building gpio-sim"
    source=tree/deb/linux-source-${series}_${version}_all.deb
    dpkg-deb --fsys-tarfile "$source" | tar -xO "./usr/src/linux-source-$series.tar.xz" |
        tar -xJ -C tree/module --transform 's#.*/##' --wildcards \
            '*/drivers/gpio/gpio-sim.c' '*/drivers/gpio/gpiolib.h' '*/kernel/irq/irq_sim.c'
    build_module "$lab/tree/root/usr/src/linux-headers-$release" >module.log 2>&1 ||
        { echo "FAIL gpio_sim the module cannot be built (see $lab/module.log)"; exit 1; }
    find tree/root/lib tree/root/boot tree/module \( -name 'vmlinuz-*' -o -name 'configfs.ko*' -o -name '*-sim.ko' \) \
        -exec cp -t kernel.new {} +
    mv -- kernel.new/vmlinuz-* kernel.new/vmlinuz
    echo "$release $version" >kernel.new/version
    mv -- kernel.new kernel
    rm -rf -- tree
}

# Two changes to irq_sim.c make it a module of its own: a function that is exported to modules, and a licence.
build_module() (
    headers=$1
    sed -i "s#^include /usr/src#include $lab/tree/root/usr/src#" "$headers/Makefile"
    cd tree/module
    sed -i -e 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq(irqnum)/' \
        -e '1a #include <linux/module.h>' irq_sim.c
    mv irq_sim.c irq-sim.c
    echo 'MODULE_LICENSE("GPL");' >>irq-sim.c
    echo 'obj-m := irq-sim.o gpio-sim.o' >Makefile
    make -C "$headers" M="$PWD" modules
)

[[ -e kernel/version ]] || prepare_kernel
echo "Kernel $(cat kernel/version)"

# --- a root of busybox, the modules, the daemon and its test ---------------------------------------------------------

rm -rf -- first
mkdir -p first/{bin,dev,proc,sys,tmp,modules,etc}
cp -- "$(command -v busybox)" first/bin/busybox
cp -- kernel/*.ko* first/modules/
cp -- "$lockd" first/bin/facelatch-lockd
cp -- "$probe" first/bin/gpio_sim_probe
echo 'root:x:0:0:root:/:/bin/sh' >first/etc/passwd
while read -r library; do
    mkdir -p -- "first$(dirname -- "$library")"
    cp -L -- "$library" "first$library"
done < <(ldd "$lockd" "$probe" | grep -o '/[^ ]*\.so[^ ]*' | sort -u)
if [[ -n ${LD_LIBRARY_PATH:-} ]]; then echo "export LD_LIBRARY_PATH='$LD_LIBRARY_PATH'" >first/etc/libraries; fi
cat >first/init <<'END'
#!/bin/busybox sh
export PATH=/bin
busybox mount -t proc p /proc
busybox mount -t sysfs s /sys
busybox mount -t devtmpfs d /dev
busybox mount -t tmpfs t /tmp
for module in configfs irq-sim gpio-sim; do busybox insmod /modules/$module.ko; done
busybox mount -t configfs c /sys/kernel/config
[ -e /etc/libraries ] && . /etc/libraries
echo # ends whatever line the firmware began
gpio_sim_probe /bin/facelatch-lockd 2>&1
busybox poweroff -f
END
chmod +x first/init
(cd first && find . | cpio -o -H newc --quiet | gzip -1) >first.gz

started=$SECONDS
timeout -k 5 300 qemu-system-x86_64 -accel tcg -cpu max -smp 2 -m 256 -nographic -no-reboot -nodefaults -serial stdio \
    -kernel kernel/vmlinuz -initrd first.gz -append "console=ttyS0 quiet panic=-1" </dev/null 2>&1 |
    tr -d '\r' >console.txt || true
grep -aE '^(PASS|FAIL|\[ FIGURES)' console.txt || true
echo "The virtual machine ran for $((SECONDS - started)) s"
if ! grep -aqx 'PROBE ENDED' console.txt; then
    echo "FAIL gpio_sim the virtual machine did not come to the end of the test; its console:"
    tail -n 20 console.txt
    exit 1
fi
! grep -aq '^FAIL' console.txt
