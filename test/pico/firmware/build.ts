// Builds the probe that is committed: `npx tsx test/pico/firmware/build.ts`, with
// a note of the compiler and the sources that it was made by. Needs Debian's gcc-arm-none-eabi.
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const folder = fileURLToPath(new URL(".", import.meta.url))
const FLASH_AT = 0x10000000
const RP2040_FAMILY = 0xe48bff56
const PAGE_BYTES = 256

/** What the probe is made of, in one number. */
export function sourcesHash(): string {
  const hash = createHash("sha256")
  for (const name of readdirSync(folder).sort())
    if (/\.(c|h|ld)$/.test(name)) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest("hex")
}

/** @returns the compiler's version, or undefined where there is none */
export function compilerVersion(): string | undefined {
  try {
    return execFileSync("arm-none-eabi-gcc", ["-dumpfullversion"], { encoding: "utf8" }).trim()
  } catch {
    return undefined
  }
}

/** Compiles and links the probe. @returns its bytes from the start of flash */
export function build(): Buffer {
  const out = mkdtempSync(join(tmpdir(), "probe-"))
  try {
    const flags =
      "-mcpu=cortex-m0plus -mthumb -Os -ffreestanding -fno-jump-tables -nostdlib -Wall -Wextra -Werror"
    const sources = readdirSync(folder)
      .filter((name) => name.endsWith(".c"))
      .sort()
    const elf = join(out, "probe.elf")
    execFileSync(
      "arm-none-eabi-gcc",
      [
        ...flags.split(" "),
        "-fno-ident",
        "-T",
        "link.ld",
        "-Wl,--build-id=none",
        ...sources,
        "-o",
        elf,
      ],
      { cwd: folder, stdio: "inherit" },
    )
    const bin = join(out, "probe.bin")
    execFileSync("arm-none-eabi-objcopy", ["-O", "binary", "-R", ".mailbox", elf, bin])
    return readFileSync(bin)
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** As a file for the boot drive: github.com/microsoft/uf2, README, "File format". */
export function toUf2(bytes: Buffer): Buffer {
  const blocks = Math.ceil(bytes.length / PAGE_BYTES)
  const file = Buffer.alloc(512 * blocks)
  for (let i = 0; i < blocks; i++) {
    const head = [
      0x0a324655,
      0x9e5d5157,
      0x2000,
      FLASH_AT + i * PAGE_BYTES,
      PAGE_BYTES,
      i,
      blocks,
      RP2040_FAMILY,
    ]
    for (const [k, word] of head.entries()) file.writeUInt32LE(word, 512 * i + 4 * k)
    bytes.copy(file, 512 * i + 32, i * PAGE_BYTES, (i + 1) * PAGE_BYTES)
    file.writeUInt32LE(0x0ab16f30, 512 * i + 508)
  }
  return file
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(folder, "probe.uf2"), toUf2(build()))
  const note = { compiler: compilerVersion(), sources: sourcesHash() }
  writeFileSync(join(folder, "probe.json"), `${JSON.stringify(note, null, 2)}\n`)
}
