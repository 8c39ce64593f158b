#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian package on a Debian 12 with systemd, in a virtual machine: installed, started, a face before a loopback camera
# moves a simulated GPIO line, every process is killed, the machine starts anew. Needs no root where user namespaces are
# allowed. About 8 minutes, after a download of 500 MB and some minutes of preparation the first time.
# Usage: run_guest.sh FOLDER LAB    (the folder of the built package; one to keep kernel and system in)
# The models are looked for in $FACELATCH_MODELS_DIR and in ../shared/models beside the sources.
# Prints "PASS name" or "FAIL name why" for each case; exit code 0, 1, or 77 when it cannot run here.
set -euo pipefail

: "${1:?Usage: run_guest.sh FOLDER LAB}"
deb=$(find "$1" -maxdepth 1 -name 'facelatch_*.deb' | sort | tail -n 1)
lab=${2:?}
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
PATH="$PATH:/usr/sbin:/sbin"

skip() { echo "SKIP package_guest: $1"; exit 77; }
broken() { echo "FAIL package_guest $1"; exit 1; }

for tool in qemu-system-x86_64 busybox cpio depmod make apt-get dpkg-deb xz mmdebstrap mke2fs; do
    command -v "$tool" >/dev/null || skip "$tool is not installed (see tests/hardware/packages.txt)"
done
[[ $(dpkg --print-architecture) == amd64 ]] || skip "the virtual machine is for an amd64 host only"
if ldd "$(command -v busybox)" >/dev/null 2>&1; then
    skip "busybox is not the static one (apt-get install busybox-static)"
fi
[[ -f $deb ]] || broken "there is no facelatch_*.deb in $1 (packaging/build_deb.sh)"
deb=$(realpath -- "$deb")
needed=(face_detection_yunet_2023mar.onnx mobilefacenet_paddlex.onnx)
models=""
for folder in "${FACELATCH_MODELS_DIR:-}" "$here/../../../shared/models"; do
    [[ $models == "" && -f $folder/${needed[0]} && -f $folder/${needed[1]} ]] && models=$(realpath -- "$folder")
done
[[ $models != "" ]] || skip "no model files (facelatch-ctl models install, or name their folder by FACELATCH_MODELS_DIR)"
mkdir -p -- "$lab"
lab=$(realpath -- "$lab")
[[ $lab != *[[:space:]]* ]] || skip "the kernel's own build cannot stand a space in a path: $lab"
cd -- "$lab"
exec 9>lock
flock 9 # two runs at once would prepare the same files

# --- the distribution's kernel, with gpio-sim, which it leaves out, and v4l2loopback, which it keeps beside -----------

# Two changes to irq_sim.c make it a module of its own: a function that is exported to modules, and a licence.
build_modules() (
    headers=$1
    sed -i "s#^include /usr/src#include $lab/tree/root/usr/src#" "$headers/Makefile"
    cd tree/module
    sed -i -e 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq(irqnum)/' \
        -e '1a #include <linux/module.h>' irq_sim.c
    mv irq_sim.c irq-sim.c
    echo 'MODULE_LICENSE("GPL");' >>irq-sim.c
    echo 'obj-m := irq-sim.o gpio-sim.o v4l2loopback.o' >Makefile
    make -C "$headers" M="$PWD" modules
)

prepare_kernel() {
    local image release version series headers
    image=$(apt-cache depends linux-image-amd64 | awk '/Depends:/ {print $2; exit}')
    [[ -n $image ]] || skip "the package lists do not know linux-image-amd64 (apt-get update)"
    release=${image#linux-image-}
    version=$(apt-cache show "$image" | awk '/^Version:/ {print $2; exit}')
    series=$(cut -d. -f1,2 <<<"$release")
    echo "Downloading the kernel $release with its headers and source, and v4l2loopback, about 225 MB"
    rm -rf -- kernel tree
    mkdir -p -- tree/deb tree/root tree/module kernel.new
    (cd tree/deb && apt-get download -q "$image=$version" "linux-headers-$release=$version" \
        "linux-headers-${release%-amd64}-common=$version" "linux-kbuild-$series=$version" \
        "linux-source-$series=$version" v4l2loopback-dkms) >download.log 2>&1 ||
        skip "the kernel cannot be downloaded (apt-get update, and see $lab/download.log)"
    dpkg-deb -x tree/deb/linux-image-*.deb kernel.new
    for headers in tree/deb/linux-headers-*.deb tree/deb/linux-kbuild-*.deb tree/deb/v4l2loopback-dkms*.deb; do
        dpkg-deb -x "$headers" tree/root
    done
    dpkg-deb --fsys-tarfile "tree/deb/linux-source-${series}_${version}_all.deb" |
        tar -xO "./usr/src/linux-source-$series.tar.xz" |
        tar -xJ -C tree/module --transform 's#.*/##' --wildcards \
            '*/drivers/gpio/gpio-sim.c' '*/drivers/gpio/gpiolib.h' '*/kernel/irq/irq_sim.c'
    cp -- tree/root/usr/src/v4l2loopback-*/*.[ch] tree/module/
    echo "Building gpio-sim and v4l2loopback"
    build_modules "$lab/tree/root/usr/src/linux-headers-$release" >module.log 2>&1 ||
        broken "the modules cannot be built (see $lab/module.log)"
    mkdir -p -- "kernel.new/lib/modules/$release/extra"
    cp -- tree/module/*.ko "kernel.new/lib/modules/$release/extra/"
    depmod -b kernel.new "$release"
    mv -- kernel.new kernel
    rm -rf -- tree
}

[[ -d kernel ]] || prepare_kernel
release=$(ls kernel/lib/modules)
echo "Kernel $release"

# --- a Debian with what the package depends on, but without the package ----------------------------------------------

# Modules loaded in the first root, and those the running system loads.
early_modules=(virtio_pci virtio_blk ext4)
late_modules=(gpio-sim v4l2loopback bochs virtio_rng)

module_files() {
    local module
    for module in "$@"; do
        modprobe -S "$release" -d kernel --show-depends "$module"
    done | sed -n 's#^insmod .*/kernel/lib/modules/\([^ ]*\).*#kernel/lib/modules/\1#p' | awk '!seen[$0]++'
}

# What the package wants, by its own fields; the first of alternatives that Debian 12 knows. Of what it recommends, the
# screen's part: there are no films here and no Pi.
wanted_packages() {
    local group name policy
    { dpkg-deb -f "$deb" Depends; echo "cage, qt6-wayland, libpam-systemd"; } | tr ',' '\n' |
        sed 's/([^)]*)//g; s/[[:space:]]//g' | sort -u |
        while IFS= read -r group; do
            for name in ${group//|/ }; do
                policy=$(LC_ALL=C apt-cache policy "$name" 2>/dev/null)
                if [[ $policy == *"Candidate: "[!\(]* ]]; then
                    echo "$name"
                    break
                fi
            done
        done
}

# Plain files into the system before it is packed: the guest's own services and the test.
add_test_files() {
    cat >system.files/usr/local/sbin/guest-hardware <<'END'
#!/bin/sh
# A GPIO chip as on a Raspberry Pi 5, and a USB camera that has just been plugged in.
modprobe gpio-sim
modprobe v4l2loopback video_nr=0 card_label="Loopback" exclusive_caps=1 max_buffers=4
bank=/sys/kernel/config/gpio-sim/door/bank0
mkdir -p $bank
echo 32 >$bank/num_lines
echo pinctrl-rp1 >$bank/label
for line in 17 22 23; do mkdir $bank/line$line; echo GPIO$line >$bank/line$line/name; done
echo 1 >/sys/kernel/config/gpio-sim/door/live
END
    cat >system.files/etc/systemd/system/guest-hardware.service <<'END'
[Unit]
DefaultDependencies=no
After=systemd-udevd.service sys-kernel-config.mount
Wants=sys-kernel-config.mount
Before=sysinit.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/guest-hardware
[Install]
WantedBy=sysinit.target
END
    cat >system.files/etc/systemd/system/guest-test.service <<'END'
[Unit]
After=multi-user.target
RequiresMountsFor=/payload
[Service]
Type=simple
ExecStart=/bin/bash /payload/guest_test.sh
StandardOutput=file:/dev/ttyS1
StandardError=file:/dev/ttyS1
KillMode=process
[Install]
WantedBy=graphical.target
END
    chmod +x system.files/usr/local/sbin/guest-hardware
}

prepare_system() {
    local -a wanted files
    local suite=bookworm
    mapfile -t wanted < <(wanted_packages)
    mapfile -t files < <(module_files "${late_modules[@]}")
    echo "Preparing a Debian 12 with ${#wanted[@]} packages and what they depend on"
    rm -rf -- system.files system.ext4 system.new system.mount
    mkdir -p -- system.files/{usr/local/sbin,etc/systemd/system,opt/guest} "system.files/usr/lib/modules/$release"
    add_test_files
    tar -c -C kernel "lib/modules/$release"/modules.{order,builtin,builtin.modinfo} "${files[@]#kernel/}" |
        tar -x -C system.files/usr
    cat >system.hook <<'END'
#!/bin/sh
# In the new system: names and the rest that a first start needs, the pictures for the camera, and the file system.
set -e
root=$1
cp -r system.files/. "$root/"
depmod -b "$root" "$(ls "$root/usr/lib/modules")"
echo guest >"$root/etc/hostname"
printf '/dev/vda / ext4 rw 0 0\n/dev/vdb /payload ext4 ro 0 0\n' >"$root/etc/fstab"
mkdir "$root/payload"
: >"$root/etc/machine-id"
chroot "$root" systemctl -q enable guest-hardware.service guest-test.service
chroot "$root" systemctl -q mask systemd-networkd-wait-online.service apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer
people=/usr/share/doc/libdlib19.1/examples/johns
mkdir -p "$root/opt/guest/photos"
cp "$root$people"/John_Salley/*.jpg "$root/opt/guest/photos/"
# shellcheck disable=SC2016
frames='
set -e
# eight frames of a picture, moved a little from one to the next: a sensor never gives the same twice
show() {
    mkdir -p /opt/guest/$1
    for step in 0 1 2 3 4 5 6 7; do
        gst-launch-1.0 -q filesrc location=$2 ! jpegdec ! videoconvert ! videoscale ! video/x-raw,width=110,height=110 ! videobox left=-$((25 + step)) right=-$((25 - step)) top=-5 bottom=-5 ! videoconvert ! video/x-raw,format=YUY2,width=160,height=120 ! filesink location=/opt/guest/$1/$step.raw
    done
}
show known $(ls PEOPLE/John_Salley/*.jpg | sed -n 5p)
show stranger $(ls PEOPLE/John_Savage/*.jpg | sed -n 2p)
mkdir -p /opt/guest/nobody
gst-launch-1.0 -q videotestsrc num-buffers=8 pattern=ball ! video/x-raw,format=YUY2,width=160,height=120,framerate=2/1 ! multifilesink location=/opt/guest/nobody/%d.raw
'
chroot "$root" sh -c "$(echo "$frames" | sed "s#PEOPLE#$people#g")"
# Without what is mounted in it while mmdebstrap works.
mkdir system.mount
mount --bind "$root" system.mount
mke2fs -q -t ext4 -O ^has_journal -L guest -d system.mount system.new 4G
umount system.mount
END
    chmod +x system.hook
    # In memory where there is enough of it: a package manager waits for the disk at each file.
    if [[ $(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) -gt 6000000 ]]; then export TMPDIR=/dev/shm; fi
    mmdebstrap --variant=minbase --architectures=amd64 --aptopt='Apt::Install-Recommends "false"' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --include="systemd,systemd-sysv,udev,dbus,libpam-systemd,kmod,procps,gstreamer1.0-tools,$(IFS=,; echo "${wanted[*]}")" \
        --customize-hook="./system.hook \"\$1\"" "$suite" /dev/null >system.log 2>&1 ||
        skip "Debian cannot be installed into a folder here (see $lab/system.log)"
    mv -- system.new system.ext4
    system_recipe >system.recipe
}

# What the system was made from: its packages, and this script, which says what else is in it.
system_recipe() { wanted_packages; sha256sum <"$here/run_guest.sh"; }

[[ -e system.ext4 && $(cat system.recipe 2>/dev/null) == "$(system_recipe)" ]] || prepare_system

# --- the package, the models and the test, on a second disk; the first root ------------------------------------------

rm -rf -- payload payload.ext4 first
mkdir -p -- payload/models first/{bin,modules,proc,sys,dev,new}
cp -- "$deb" payload/facelatch.deb
cp -- "$here/guest_test.sh" payload/
for model in "${needed[@]}"; do cp -L -- "$models/$model" payload/models/; done
mke2fs -q -t ext4 -d payload payload.ext4 64M

cp -- "$(command -v busybox)" first/bin/busybox
while IFS= read -r file; do
    cp -- "$file" first/modules/
    basename -- "$file"
done < <(module_files "${early_modules[@]}") >first/order
cat >first/init <<'END'
#!/bin/busybox sh
export PATH=/bin
busybox mount -t proc p /proc
busybox mount -t sysfs s /sys
busybox mount -t devtmpfs d /dev
for module in $(busybox cat /order); do busybox insmod /modules/$module; done
until [ -b /dev/vda ]; do busybox sleep 0.1; done
busybox mount -t ext4 -o rw /dev/vda /new
for part in dev proc sys; do busybox mount --move /$part /new/$part; done
exec busybox switch_root /new /sbin/init
END
chmod +x first/init
(cd first && find . | cpio -o -H newc --quiet | gzip -1) >first.gz

# --- the run: the console into a file, the test's words into another; the system's disk forgets what was written -----

started=$SECONDS
rm -f -- words.txt console.txt monitor
# The machine's time is counted by its instructions (1 ns each, none while it waits), however slow or busy the host is: by
# the host's clock a face took seconds, and a picture that old opens no door. With AVX a face takes the fewest of them.
timeout -k 5 3000 qemu-system-x86_64 -accel tcg -icount shift=0,sleep=off -cpu max -smp 1 -m 2048 -display none -vga std \
    -serial file:console.txt -serial file:words.txt -monitor unix:monitor,server,nowait \
    -drive "file=system.ext4,if=virtio,format=raw,snapshot=on" \
    -drive "file=payload.ext4,if=virtio,format=raw,readonly=on" -device virtio-rng-pci -nic none \
    -kernel "kernel/boot/vmlinuz-$release" -initrd first.gz \
    -append "console=ttyS0 quiet loglevel=3 systemd.show_status=0 panic=-1" </dev/null >qemu.log 2>&1 || true
grep -aE '^(PASS|FAIL|\[ FIGURES)' words.txt || true
echo "The virtual machine ran for $((SECONDS - started)) s"
if ! grep -aqx 'GUEST ENDED' words.txt; then
    echo "FAIL package_guest the virtual machine did not come to the end of the test; its last words and its console:"
    tail -n 30 -- words.txt console.txt qemu.log
    exit 1
fi
! grep -aq '^FAIL' words.txt
