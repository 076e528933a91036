// The listings and files here are after others' records: INFO_UF2.TXT of a Pico (adafruit/circuitpython, issues 4670
// and 10047), /media/USER/RPI-RP2 (microsoft/devicescript, issue 434), /Volumes/RPI-RP2 (raspberrypi/pico-sdk, issue
// 1081); the rest after proc(5), udev's, Apple's and Microsoft's naming. They were not recorded on such computers.
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import {
  bootDrives,
  type Files,
  isBootDrive,
  realFiles,
  unmountedDrive,
  vfatMounts,
  writeToDrive,
} from "../../host/flash/drives"

const INFO = "UF2 Bootloader v3.0\r\nModel: Raspberry Pi RP2\r\nBoard-ID: RPI-RP2\r\n"
const RP2350 = "UF2 Bootloader v1.0\r\nModel: Raspberry Pi RP2350\r\nBoard-ID: RP2350\r\n"

/** A computer with just these files. */
function files(texts: Record<string, string>, folders: Record<string, string[]> = {}): Files {
  return { text: (path) => texts[path], names: (folder) => folders[folder] ?? [] }
}

const mounts = `sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0
/dev/nvme0n1p2 / ext4 rw,relatime 0 0
/dev/nvme0n1p1 /boot/efi vfat rw,relatime,fmask=0077,dmask=0077,codepage=437,iocharset=ascii 0 0
/dev/sda1 /media/ann/RPI-RP2 vfat rw,nosuid,nodev,relatime,uid=1000,gid=1000,showexec,utf8 0 0
/dev/sdb1 /run/media/ann/My\\040stick vfat rw,nosuid,nodev,relatime 0 0
`

test("Linux: a mounted FAT drive with the boot loader's file, wherever it is mounted", () => {
  expect(vfatMounts(mounts)).toEqual(["/boot/efi", "/media/ann/RPI-RP2", "/run/media/ann/My stick"])
  const here = files({ "/proc/mounts": mounts, "/media/ann/RPI-RP2/INFO_UF2.TXT": INFO })
  expect(bootDrives("linux", here)).toEqual(["/media/ann/RPI-RP2"])
  const renamed = files({ "/proc/mounts": mounts, "/run/media/ann/My stick/INFO_UF2.TXT": INFO })
  expect(bootDrives("linux", renamed)).toEqual(["/run/media/ann/My stick"])
  expect(bootDrives("linux", files({ "/proc/mounts": mounts }))).toEqual([])
})

test("Linux: one that is not mounted is known by its label", () => {
  const label = { "/dev/disk/by-label": ["EFI", "RPI-RP2"] }
  expect(unmountedDrive("linux", files({}, label))).toBe("/dev/disk/by-label/RPI-RP2")
  const texts = { "/proc/mounts": mounts, "/media/ann/RPI-RP2/INFO_UF2.TXT": INFO }
  expect(unmountedDrive("linux", files(texts, label))).toBeUndefined()
  expect(unmountedDrive("linux", files({}, { "/dev/disk/by-label": ["EFI"] }))).toBeUndefined()
  expect(unmountedDrive("darwin", files({}, label))).toBeUndefined()
})

test("macOS: a volume with the file; two Picos make two", () => {
  const volumes = { "/Volumes": ["Macintosh HD", "RPI-RP2", "RPI-RP2 1", "Backup"] }
  const texts = {
    "/Volumes/RPI-RP2/INFO_UF2.TXT": INFO,
    "/Volumes/RPI-RP2 1/INFO_UF2.TXT": INFO,
  }
  expect(bootDrives("darwin", files(texts, volumes))).toEqual([
    "/Volumes/RPI-RP2",
    "/Volumes/RPI-RP2 1",
  ])
})

test("Windows: a drive letter with the file", () => {
  expect(bootDrives("win32", files({ "E:\\INFO_UF2.TXT": INFO, "F:\\notes.txt": "x" }))).toEqual([
    "E:\\",
  ])
  expect(bootDrives("win32", files({}))).toEqual([])
})

test("another chip's boot drive is none of ours", () => {
  expect(isBootDrive(INFO)).toBe(true)
  expect(isBootDrive(RP2350)).toBe(false)
  expect(isBootDrive(undefined)).toBe(false)
})

test("an image is written as a whole, and a folder that does not take it says so", () => {
  const folder = mkdtempSync(join(tmpdir(), "coincell-drive-"))
  const path = join(folder, "coincell.uf2")
  const image = Uint8Array.from({ length: 100_000 }, (_, i) => i & 0xff)
  writeToDrive(path, image)
  expect(Buffer.compare(readFileSync(path), image)).toBe(0)
  expect(() => writeToDrive(join(folder, "none", "x.uf2"), image)).toThrow("ENOENT")
  rmSync(folder, { recursive: true })
  expect(realFiles.names(folder)).toEqual([])
  expect(realFiles.text(path)).toBeUndefined()
})
