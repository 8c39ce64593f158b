#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The camera source on a camera that shows faces (v4l2loopback), in a virtual machine: raw and JPEG pictures arrive as
# they were sent and as old as they are; a camera that falls silent, hangs, is unplugged and comes back under another
# number. Needs no camera and no root. About 40 s, after a download of 85 MB and a minute of preparation the first time.
# Usage: run_camera_loopback.sh PROBE FOLDER [PICTURES]  (the built loopback_probe; a folder to keep the kernel in; a
# folder with one folder of photographs a person)
set -euo pipefail

probe=$(realpath -- "$1")
lab=$2
pictures=${3:-}
PATH="$PATH:/usr/sbin:/sbin"

skip() { echo "SKIP   : $1"; exit 77; }

for tool in qemu-system-x86_64 busybox cpio depmod make apt-get dpkg-deb; do
    command -v "$tool" >/dev/null || skip "$tool is not installed (see tests/hardware/packages.txt)"
done
[[ $(dpkg --print-architecture) == amd64 ]] || skip "the virtual machine is for an amd64 host only"
if ldd "$(command -v busybox)" >/dev/null 2>&1; then
    skip "busybox is not the static one (apt-get install busybox-static)"
fi
mkdir -p -- "$lab"
lab=$(realpath -- "$lab")
[[ $lab != *[[:space:]]* ]] || skip "the kernel's own build cannot stand a space in a path: $lab"

# Photographs of people, from what is given or what dlib's package brings.
[[ -d $pictures ]] || pictures=/usr/share/doc/libdlib19.1/examples/johns
mapfile -t faces < <(find -L "$pictures" -type f -name '*.jpg' 2>/dev/null | sort | awk 'NR % 3 == 1' | head -n 6)
[[ ${#faces[@]} -ge 2 ]] || skip "there are no photographs of faces (apt-get install libdlib-dev brings some)"

cd -- "$lab"
exec 9>lock
flock 9 # two runs at once would prepare the same files

# --- the distribution's kernel, and v4l2loopback for it, which the distribution keeps beside it ------------------------

prepare_kernel() {
    local image release version series headers
    image=$(apt-cache depends linux-image-amd64 | awk '/Depends:/ {print $2; exit}')
    [[ -n $image ]] || skip "the package lists do not know linux-image-amd64 (apt-get update)"
    release=${image#linux-image-}
    version=$(apt-cache show "$image" | awk '/^Version:/ {print $2; exit}')
    series=$(cut -d. -f1,2 <<<"$release")
    echo "Downloading the kernel $release with its headers, and v4l2loopback"
    rm -rf -- kernel tree
    mkdir -p -- tree/deb tree/root kernel.new
    (cd tree/deb && apt-get download -q "$image=$version" "linux-headers-$release=$version" \
        "linux-headers-${release%-amd64}-common=$version" "linux-kbuild-$series=$version" v4l2loopback-dkms) \
        >download.log 2>&1 || skip "the kernel cannot be downloaded (apt-get update, and see $lab/download.log)"
    dpkg-deb -x tree/deb/linux-image-*.deb kernel.new
    for headers in tree/deb/linux-headers-*.deb tree/deb/linux-kbuild-*.deb tree/deb/v4l2loopback-dkms*.deb; do
        dpkg-deb -x "$headers" tree/root
    done
    echo "Building v4l2loopback"
    headers=$lab/tree/root/usr/src/linux-headers-$release
    sed -i "s#^include /usr/src#include $lab/tree/root/usr/src#" "$headers/Makefile"
    mv tree/root/usr/src/v4l2loopback-* tree/module
    make -C "$headers" M="$lab/tree/module" modules >module.log 2>&1 ||
        { echo "CAMERA FAILED v4l2loopback cannot be built (see $lab/module.log)"; exit 1; }
    mkdir -p "kernel.new/lib/modules/$release/extra"
    cp tree/module/v4l2loopback.ko "kernel.new/lib/modules/$release/extra/"
    depmod -b kernel.new "$release"
    mv -- kernel.new kernel
    rm -rf -- tree
}

[[ -d kernel ]] || prepare_kernel
version=$(ls kernel/lib/modules)
echo "Kernel $version"

# --- a first root with the modules; then the host's own root, read-only, under a throw-away layer ---------------------

rm -rf first
mkdir -p first/{bin,modules,proc,sys,dev,host,layer,new}
cp "$(command -v busybox)" first/bin/busybox
ln -s busybox first/bin/sh
for module in virtio_pci 9pnet_virtio 9p overlay v4l2loopback; do
    modprobe -S "$version" -d kernel --show-depends "$module"
done | sed 's/^insmod //; s/ *$//' | awk '!seen[$0]++' | grep -v '/v4l2loopback.ko' | while read -r file; do
    cp "$file" first/modules/
    basename "$file"
done >first/order
cp "kernel/lib/modules/$version/extra/v4l2loopback.ko" v4l2loopback.ko # the probe plugs it in
{
    printf '%q ' "$probe" "$lab/v4l2loopback.ko" "${faces[@]}"
    echo
} >first/command
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
busybox cp /command /new/tmp/command
HOME='$HOME' LD_LIBRARY_PATH='${LD_LIBRARY_PATH:-}' PATH=/usr/bin:/bin:/usr/sbin:/sbin busybox chroot /new /bin/sh /tmp/command 2>&1
busybox poweroff -f
END
chmod +x first/init
(cd first && find . | cpio -o -H newc --quiet | gzip -1) >first.gz

started=$SECONDS
timeout -k 5 300 qemu-system-x86_64 -accel tcg -cpu max -smp 2 -m 768 -nographic -no-reboot -nodefaults -serial stdio \
    -kernel "kernel/boot/vmlinuz-$version" -initrd first.gz -append "console=ttyS0 quiet panic=-1" \
    -fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap \
    -device virtio-9p-pci,fsdev=host,mount_tag=host </dev/null 2>&1 | tr -d '\r' >console.txt || true
if ! grep -a '^CAMERA ' console.txt; then
    echo "The virtual machine did not come to the test; its console:"
    tail -n 20 console.txt
    exit 1
fi
echo "The virtual machine ran for $((SECONDS - started)) s"
grep -aq '^CAMERA verdict: passed' console.txt
