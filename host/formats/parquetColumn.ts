import { promisify } from "node:util"
import { gzip as gzipCallback, gzipSync } from "node:zlib"
import type { ColumnMetaData, Encoding, ParquetType, SchemaElement, Statistics } from "hyparquet"
import { ByteWriter } from "hyparquet-writer"
import { writePageHeader } from "hyparquet-writer/src/datapage.js"
import { writeRleBitPackedHybrid } from "hyparquet-writer/src/encoding.js"
import { writePlain } from "hyparquet-writer/src/plain.js"

const gzip = promisify(gzipCallback)
/** How much of a page is tried, and below which part of that compression must bring it to be worth its time. */
const SAMPLE_bytes = 16_384
const WORTH = 0.75
/** What an output buffer must have beyond the input, should that not become smaller. */
const GZIP_OVERHEAD_bytes = 1024

/** A column chunk's bytes, and what the end of the file tells of it, with offsets from the chunk's beginning. */
export interface Chunk {
  bytes: Uint8Array
  about: ColumnMetaData
}

/** What a column chunk is made of. */
export interface ChunkContent {
  element: SchemaElement
  rows: number
  /** 1 where there is a value, for each row; undefined if there is one everywhere. */
  present: Uint8Array | undefined
  statistics: Statistics
  encoding: Encoding
  /** The values that are there, as the encoding says. */
  values: Uint8Array
  /** For RLE_DICTIONARY. */
  dictionary?: readonly (string | number)[]
}

/**
 * Makes a column chunk of one page. The library writes 30 ns a value and compresses in JavaScript; this takes
 * bytes as they are, and compresses them beside the program where it pays: gzip, which every reader knows.
 */
export async function chunkOf(content: ChunkContent): Promise<Chunk> {
  const { element, rows, statistics, encoding, dictionary } = content
  const writer = new ByteWriter()
  const page = Buffer.concat([levelsOf(content), content.values])
  const codec = isWorthCompressing(page) ? "GZIP" : "UNCOMPRESSED"
  let uncompressed_bytes = 0
  if (dictionary !== undefined) {
    const values = new ByteWriter()
    writePlain(values, [...dictionary], typeOf(element), undefined)
    uncompressed_bytes += await writePage(writer, values.getBytes(), codec, {
      type: "DICTIONARY_PAGE",
      dictionary_page_header: { num_values: dictionary.length, encoding: "PLAIN" },
    })
  }
  const dataOffset = writer.offset
  uncompressed_bytes += await writePage(writer, page, codec, {
    type: "DATA_PAGE",
    data_page_header: {
      num_values: rows,
      encoding,
      definition_level_encoding: "RLE",
      repetition_level_encoding: "RLE",
    },
  })
  const about: ColumnMetaData = {
    type: typeOf(element),
    encodings: dictionary === undefined ? ["RLE", encoding] : ["PLAIN", "RLE", encoding],
    path_in_schema: [element.name],
    codec,
    num_values: BigInt(rows),
    total_uncompressed_size: BigInt(uncompressed_bytes),
    total_compressed_size: BigInt(writer.offset),
    data_page_offset: BigInt(dataOffset),
    dictionary_page_offset: dictionary === undefined ? undefined : 0n,
    statistics,
  }
  return { bytes: writer.getBytes(), about }
}

/** @returns bytes of the page before it was compressed, its header included */
async function writePage(
  writer: ByteWriter,
  page: Uint8Array,
  codec: "GZIP" | "UNCOMPRESSED",
  header: Omit<
    Parameters<typeof writePageHeader>[1],
    "uncompressed_page_size" | "compressed_page_size"
  >,
): Promise<number> {
  // With room for everything zlib runs through in one go, off this thread.
  const chunkSize = page.length + GZIP_OVERHEAD_bytes
  const compressed = codec === "GZIP" ? await gzip(page, { level: 1, chunkSize }) : page
  const start = writer.offset
  writePageHeader(writer, {
    ...header,
    uncompressed_page_size: page.length,
    compressed_page_size: compressed.length,
  })
  const header_bytes = writer.offset - start
  writer.appendBytes(compressed)
  return header_bytes + page.length
}

/** Integrals of noise hardly shrink, and take longer to compress than all the rest. */
function isWorthCompressing(page: Uint8Array): boolean {
  const sample = page.subarray(0, SAMPLE_bytes)
  return gzipSync(sample, { level: 1 }).length < WORTH * sample.length
}

/** Definition levels: which rows have a value. */
function levelsOf({ rows, present }: ChunkContent): Uint8Array {
  const levels = new ByteWriter()
  if (present !== undefined) writeRleBitPackedHybrid(levels, present, 1)
  else {
    // One run of ones.
    levels.appendVarInt(rows << 1)
    levels.appendUint8(1)
  }
  const length = new ByteWriter()
  length.appendUint32(levels.offset)
  return Buffer.concat([length.getBytes(), levels.getBytes()])
}

function typeOf({ type, name }: SchemaElement): ParquetType {
  if (type === undefined) throw new Error(`Column ${name} has no type.`)
  return type
}
