#!/usr/bin/env bash
# Power cuts, full disks and read-only mounts on real file systems, in images on loop
# devices. Needs root, and Python with llmpath: `sudo tests/faults/root.sh [CUTS]`.
#
# A cut: a writer tells each record that it saved; after a while it is stopped, and the
# image is copied as it is then. What the file system has handed to the device by that
# time counts as kept, nothing else. The copy is mounted, which replays its journal, and
# all that was told must be there. Twenty cuts for each file system if not told otherwise.
set -euo pipefail
exec </dev/null

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-$here/../../.venv/bin/python}
cuts=${1:-20}
[ "$(id -u)" = 0 ] || { echo "root.sh: root is needed to mount images"; exit 2; }

work=$(mktemp -d)
writer=
finish() {
    [ -z "$writer" ] || kill -KILL "$writer" 2>/dev/null || true
    umount "$work/disk" 2>/dev/null || true
    umount "$work/after" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
mkdir "$work/disk" "$work/after"

size_of() { case $1 in ext4) echo 64M ;; xfs) echo 320M ;; btrfs) echo 128M ;; esac; }

# Why a file system cannot be tried here; nothing if it can.
why_not() {
    command -v "mkfs.$1" >/dev/null || { echo "mkfs.$1 is not installed"; return; }
    make_image "$1" >"$work/why" 2>&1 || { tail -n 1 "$work/why"; return; }
    mount -o loop "$work/image" "$work/disk" 2>"$work/why" || { tail -n 1 "$work/why"; return; }
    umount "$work/disk"
}

make_image() {
    rm -f "$work/image"
    truncate -s "$(size_of "$1")" "$work/image"
    "mkfs.$1" -q "$work/image" >"$work/made"
}

# Cuts the power once; prints how many records were told, lost and torn.
cut_power() {
    local system=$1 action=$2 milliseconds=$3 result
    make_image "$system"
    mount -o loop "$work/image" "$work/disk"
    "$python" "$here/writer.py" "$action" "$work/disk/home" >"$work/told" &
    writer=$!
    sleep "$(printf '%d.%03d' $((milliseconds / 1000)) $((milliseconds % 1000)))"
    kill -STOP "$writer"
    cp --sparse=always "$work/image" "$work/copy"
    kill -KILL "$writer"
    wait "$writer" 2>/dev/null || true
    writer=
    umount "$work/disk"
    mount -o loop "$work/copy" "$work/after"
    result=$("$python" "$here/writer.py" check "$work/after/home" <"$work/told")
    umount "$work/after"
    echo "$result"
}

# Cuts the power many times; prints a row, and puts the number of lost ones into `lost`.
cut_often() {
    local system=$1 action=$2 count=$3 told=0 torn=0 result
    lost=0
    for ((cut = 0; cut < count; cut++)); do
        result=$(cut_power "$system" "$action" $((700 + (cut * 911) % 2500)))
        read -r each_told each_lost each_torn <<<"$result"
        told=$((told + each_told)) lost=$((lost + each_lost)) torn=$((torn + each_torn))
    done
    printf '%-8s %-9s %4d cuts  %6d told  %6d lost  %3d torn lines\n' \
        "$system" "$action" "$count" "$told" "$lost" "$torn"
    [ "$told" -gt 0 ] || { echo "nothing was written"; exit 1; }
}

llmpath() { LLMPATH_HOME="$work/disk/home" "$python" -m llmpath "$@"; }

expect() {
    local wanted=$1 code=0
    shift
    llmpath "$@" >"$work/out" 2>&1 || code=$?
    [ "$code" = "$wanted" ] || { echo "llmpath $* ended with $code, not $wanted"; cat "$work/out"; exit 1; }
}

# A full disk, and one that is mounted read-only.
fill_and_protect() {
    make_image "$1"
    mount -o loop "$work/image" "$work/disk"
    expect 0 start --track short
    dd if=/dev/zero of="$work/disk/filler" bs=1M 2>/dev/null || true
    dd if=/dev/zero of="$work/disk/filler2" bs=1k 2>/dev/null || true
    truncate -s -128K "$work/disk/filler" # room for some records
    local saved=0 code=0
    while [ "$code" = 0 ] && [ "$saved" -lt 2000 ]; do
        llmpath note lets-build-gpt "$(printf 'x%.0s' {1..3000})" >"$work/out" 2>&1 || code=$?
        [ "$code" != 0 ] || saved=$((saved + 1))
    done
    [ "$code" = 3 ] || { echo "a full disk ended a command with $code"; cat "$work/out"; exit 1; }
    grep -q "bytes free" "$work/out"
    [ "$(llmpath history -n 9999 --plain 2>/dev/null | wc -l)" = $((saved + 1)) ]
    expect 0 doctor
    rm "$work/disk/filler" "$work/disk/filler2"
    expect 0 log lets-build-gpt 10
    mount -o remount,ro "$work/disk"
    for command in next status doctor; do
        llmpath "$command" >"$work/out" 2>&1 || [ "$command" = doctor ] || { cat "$work/out"; exit 1; }
    done
    expect 3 log lets-build-gpt 10
    grep -q "Read-only file system; nothing was changed" "$work/out"
    umount "$work/disk"
    printf '%-8s a full disk after %d records and a read-only one: 3, nothing changed\n' "$1" "$saved"
}

bad=0
for system in ext4 xfs btrfs; do
    reason=$(why_not "$system")
    if [ -n "$reason" ]; then
        printf '%-8s not run: %s\n' "$system" "$reason"
        continue
    fi
    cut_often "$system" write "$cuts"
    [ "$lost" = 0 ] || bad=1
    cut_often "$system" careless 3
    [ "$lost" -gt 0 ] || { echo "the check finds nothing"; bad=1; }
    fill_and_protect "$system"
done
exit "$bad"
