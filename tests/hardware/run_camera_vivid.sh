#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The USB camera source against the kernel's test camera (vivid) in a virtual machine: frames and their age, a camera in
# use, frozen, unplugged, plugged in again. Needs no camera and no root. 30 s, after a download of 70 MB the first time.
# Usage: run_camera_vivid.sh PROBE FOLDER    (the built camera_probe; a folder to keep the kernel in)
set -euo pipefail

probe=$(realpath "$1")
lab=$2
for tool in qemu-system-x86_64 busybox cpio depmod apt-get dpkg-deb; do
    if ! PATH="$PATH:/usr/sbin:/sbin" command -v "$tool" >/dev/null; then
        echo "SKIP   : $tool is not installed (sudo apt install qemu-system-x86 busybox-static cpio kmod)"
        exit 77
    fi
done
PATH="$PATH:/usr/sbin:/sbin"
if ldd "$(command -v busybox)" >/dev/null 2>&1; then
    echo "SKIP   : busybox is not the static one (sudo apt install busybox-static)"
    exit 77
fi
mkdir -p "$lab"
cd "$lab"

# The distribution's own kernel: it has vivid as a module.
if [[ ! -e kernel/complete ]]; then
    package=$(apt-cache depends linux-image-amd64 | awk '/Depends:/ {print $2; exit}')
    echo "Downloading $package"
    rm -rf kernel ./*.deb
    if ! apt-get download "$package" >/dev/null; then
        echo "SKIP   : the kernel package cannot be downloaded (check the network, then: sudo apt update)"
        exit 77
    fi
    dpkg-deb -x "$package"_*.deb kernel
    rm ./*.deb
    depmod -b kernel "$(ls kernel/lib/modules)"
    touch kernel/complete
fi
version=$(ls kernel/lib/modules)

# A first root with the modules; then the host's own root, read-only, under a throw-away layer.
rm -rf first
mkdir -p first/{bin,modules,proc,sys,dev,host,layer,new}
cp "$(command -v busybox)" first/bin/busybox
ln -s busybox first/bin/sh
for module in virtio_pci 9pnet_virtio 9p overlay vivid; do
    modprobe -S "$version" -d kernel --show-depends "$module"
done | sed 's/^insmod //; s/ *$//' | awk '!seen[$0]++' | while read -r file; do
    cp "$file" first/modules/
    basename "$file"
done >first/order
cat >first/init <<END
#!/bin/sh
export PATH=/bin
busybox mount -t proc p /proc
busybox mount -t sysfs s /sys
busybox mount -t devtmpfs d /dev
for module in \$(busybox cat /order); do busybox insmod /modules/\$module; done
busybox mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=262144,cache=loose host /host
busybox mount -t tmpfs t /layer
busybox mkdir /layer/upper /layer/work
busybox mount -t overlay -o lowerdir=/host,upperdir=/layer/upper,workdir=/layer/work o /new
for part in dev proc sys; do busybox mount --move /\$part /new/\$part; done
busybox mount -t tmpfs t /new/tmp
HOME='$HOME' PATH=/usr/bin:/bin busybox chroot /new '$probe' 2>&1
busybox poweroff -f
END
chmod +x first/init
(cd first && find . | cpio -o -H newc --quiet | gzip -1) >first.gz

timeout 240 qemu-system-x86_64 -accel tcg -cpu max -smp 2 -m 768 -nographic -no-reboot -nodefaults -serial stdio \
    -kernel "kernel/boot/vmlinuz-$version" -initrd first.gz -append "console=ttyS0 quiet panic=-1" \
    -fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap \
    -device virtio-9p-pci,fsdev=host,mount_tag=host </dev/null >console.txt 2>&1 || true
if ! grep -a '^CAMERA ' console.txt; then
    echo "The virtual machine did not come to the test; its console:"
    tail -n 20 console.txt
    exit 1
fi
grep -aq '^CAMERA verdict: passed' console.txt
