import type { Random } from "../../../sim/random"

/** Numbers at which programs trip, as they stand in texts. */
const NUMBERS =
  "0 -0 1 -1 255 256 65535 65536 2147483648 4294967295 9007199254740993 1e308 1e-320 -1e9 1e999 .inf .nan NaN 0x10 1_0".split(
    " ",
  )
const BYTES = [0, 1, 2, 3, 7, 10, 13, 32, 34, 39, 45, 58, 0x7f, 0x80, 0xf8, 0xfc, 0xfd, 0xfe, 0xff]
const WORDS = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 65_536, 65_535, 256]
const MOST_REPEATS = 64

/** What an input may be changed by. */
export interface Material {
  others: readonly Buffer[]
  words: readonly Buffer[]
  most: number
}

/** An input changed in one to four of the ways in which inputs go wrong, by chance or by intent. */
export function mutate(input: Buffer, material: Material, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(input)
  const below = (most: number) => Math.floor(random.uniform(0, most))
  for (let changes = 1 + below(4); changes > 0; changes--) bytes = change(bytes, material, below)
  return bytes.subarray(0, material.most)
}

function change(
  bytes: Buffer,
  { others, words }: Material,
  below: (most: number) => number,
): Buffer {
  const at = below(bytes.length + 1)
  const length = 1 + below(below(4) === 0 ? bytes.length + 1 : 16)
  const with_ = (part: Uint8Array, over: number) =>
    Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at + over)])
  const some = Buffer.from(bytes.subarray(at, at + length))
  switch (below(11)) {
    case 0:
      if (at < bytes.length) bytes[at] ^= 1 << below(8)
      return bytes
    case 1:
      if (at < bytes.length) bytes[at] = BYTES[below(BYTES.length)]
      return bytes
    case 2:
      return with_(Buffer.alloc(0), length)
    case 3:
      return with_(some, 0)
    case 4:
      return with_(Buffer.concat(Array.from({ length: below(MOST_REPEATS) }, () => some)), length)
    case 5:
      return bytes.subarray(0, at)
    case 6: {
      const other = others[below(others.length)]
      const from = below(other.length + 1)
      return with_(other.subarray(from, from + length), below(2) * length)
    }
    case 7:
      if (at + 4 <= bytes.length) bytes.writeUInt32LE(WORDS[below(WORDS.length)], at)
      return bytes
    case 8:
      return number(bytes, at, NUMBERS[below(NUMBERS.length)])
    case 9:
      return with_(Buffer.from(Array.from({ length: 1 + below(8) }, () => below(256))), below(2))
    default:
      if (words.length === 0) return bytes
      return with_(words[below(words.length)], below(3) === 0 ? length : 0)
  }
}

/** Puts a number in the place of the next one in a text. */
function number(bytes: Buffer, from: number, text: string): Buffer {
  const isDigit = (at: number) => bytes[at] >= 48 && bytes[at] <= 57
  let at = from
  while (at < bytes.length && !isDigit(at)) at++
  let end = at
  while (end < bytes.length && (isDigit(end) || bytes[end] === 46)) end++
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(end)])
}
