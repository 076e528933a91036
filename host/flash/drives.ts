// The drive as which an RP2040 shows itself while its BOOTSEL button is held at power-on: each system mounts it
// elsewhere.
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, writeSync } from "node:fs"
import { posix, win32 } from "node:path"

/** What is read of this computer's files. */
export interface Files {
  /** Undefined when it cannot be read. */
  text(path: string): string | undefined
  /** Empty when it cannot be read. */
  names(folder: string): string[]
}

export const realFiles: Files = {
  text: (path) => orElse(() => readFileSync(path, "utf8"), undefined),
  names: (folder) => orElse(() => readdirSync(folder), []),
}

/** The drive's label, and a file on it: RP2040 datasheet, "The RPI-RP2 Drive". */
const LABEL = "RPI-RP2"
const INFO = "INFO_UF2.TXT"

/** Folders of all RP2040 boot drives that are mounted. */
export function bootDrives(platform: NodeJS.Platform, files: Files = realFiles): string[] {
  const { join } = platform === "win32" ? win32 : posix
  return mountedFolders(platform, files).filter((folder) =>
    isBootDrive(files.text(join(folder, INFO))),
  )
}

/** By what INFO_UF2.TXT says: `Board-ID: RPI-RP2`; an RP2350's says RP2350. */
export function isBootDrive(info: string | undefined): boolean {
  return info !== undefined && /^Board-ID:\s*RPI-RP2\s*$/im.test(info)
}

/** Where drives are mounted that could be one. */
function mountedFolders(platform: NodeJS.Platform, files: Files): string[] {
  switch (platform) {
    case "win32":
      // A and B are floppy drives, which take their time.
      return [..."CDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `${letter}:\\`)
    case "darwin":
      return files.names("/Volumes").map((name) => posix.join("/Volumes", name))
    default:
      return vfatMounts(files.text("/proc/mounts") ?? "")
  }
}

/** Folders of mounted FAT file systems, by Linux's /proc/mounts: proc(5), fstab(5). */
export function vfatMounts(mounts: string): string[] {
  return mounts
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, , type]) => type === "vfat")
    .map(([, folder]) => unescaped(folder))
}

/** Blanks stand as octal numbers. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  )
}

/** A boot drive that Linux knows and nobody has mounted: its device; undefined when there is none. */
export function unmountedDrive(
  platform: NodeJS.Platform,
  files: Files = realFiles,
): string | undefined {
  if (platform !== "linux") return undefined
  const folder = "/dev/disk/by-label"
  if (!files.names(folder).includes(LABEL)) return undefined
  return bootDrives(platform, files).length === 0 ? posix.join(folder, LABEL) : undefined
}

/**
 * Copies an image to a boot drive. The board restarts with the last block, and takes the drive away before the
 * system has closed the file: that the board is heard again tells whether it went well, not this.
 * @throws Error of the file system when the copy does not begin
 */
export function writeToDrive(path: string, image: Uint8Array): void {
  const file = openSync(path, "w")
  try {
    for (let done = 0; done < image.length; ) done += writeSync(file, image, done)
    fsyncSync(file)
  } catch (error) {
    if (!GONE.has((error as NodeJS.ErrnoException).code ?? "")) throw error
  } finally {
    orElse(() => closeSync(file), undefined)
  }
}

/** What systems say of a drive that went away. */
const GONE = new Set(["EIO", "ENXIO", "ENODEV", "ENOENT", "EPERM", "EBADF", "UNKNOWN"])

function orElse<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}
