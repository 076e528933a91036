/** What a board's firmware says of itself. */
export interface FirmwareMark {
  version: string
  /** What it was built for, by its key in devicescript.json. */
  board: string
  /** Hash of its sources, 8 hexadecimal digits; absent where it was not told, or not stored. */
  build?: string
}

/** Reads the register `firmware`, such as `0.1.0 pico 1f2e3d4c`. */
export function parseFirmware(text: string): FirmwareMark {
  const [version, board, build] = text.split(" ")
  return { version, board, ...(build !== undefined && { build }) }
}

/** As people read it. */
export function firmwareText({ version, board, build }: FirmwareMark): string {
  return `${version} for ${board}${build === undefined ? "" : `, build ${build}`}`
}
