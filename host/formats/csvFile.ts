import { writeDecimal } from "./decimal"
import { PartialFile } from "./partialFile"
import type { Values } from "./quantities"
import type { Column, NumberWriter, TableFile } from "./tableFile"
import type { Rows } from "./totals"

const COMMA = 0x2c
const LINE_END = 0x0a
/** What is written to the file at once. */
const CHUNK_bytes = 1 << 20
/** The longest that a number can be, with its comma. */
const NUMBER_bytes = 33

/** A CSV file with one line of heads; UTF-8, commas, points, empty where nothing is known. */
export class CsvFile implements TableFile {
  private readonly file: PartialFile
  private readonly bytes = new Uint8Array(CHUNK_bytes)
  private at = 0

  constructor(
    path: string,
    private readonly columns: readonly Column[],
  ) {
    this.file = new PartialFile(path)
    this.file.write(Buffer.from(`${columns.map(({ head }) => head).join(",")}\n`))
  }

  add(rows: Rows): void {
    const fields = this.columns.map((column) => fieldOf(column, column.quantity.of(rows)))
    const line_bytes = fields.reduce(
      (sum, { same }) => sum + (same === undefined ? NUMBER_bytes : same.length + 1),
      0,
    )
    const last = fields.length - 1
    for (let i = 0; i < rows.records.length; i++) {
      if (this.at + line_bytes > CHUNK_bytes) this.flush()
      for (let f = 0; f <= last; f++) {
        const { same, values, write } = fields[f]
        if (same === undefined) this.at = write(this.bytes, this.at, values[i])
        else {
          // A call of `set` costs more than the few bytes that these mostly are.
          for (let b = 0; b < same.length; b++) this.bytes[this.at + b] = same[b]
          this.at += same.length
        }
        this.bytes[this.at++] = f === last ? LINE_END : COMMA
      }
    }
  }

  finish(path: string): void {
    this.flush()
    this.file.complete(path)
  }

  discard(): void {
    this.file.discard()
  }

  private flush(): void {
    this.file.write(this.bytes.subarray(0, this.at))
    this.at = 0
  }
}

/** A column of one batch: a value for each record, or the bytes that all of them have. */
interface Field {
  same: Uint8Array | undefined
  values: Float64Array
  write: NumberWriter
}

const NONE = new Float64Array(0)

function fieldOf({ quantity, write = decimal(quantity.places) }: Column, values: Values): Field {
  if (values instanceof Float64Array) return { same: undefined, values, write }
  return { same: bytesOf(values, write), values: NONE, write }
}

function bytesOf(value: Exclude<Values, Float64Array>, write: NumberWriter): Uint8Array {
  if (typeof value !== "number") return Buffer.from(value === undefined ? "" : String(value))
  const bytes = new Uint8Array(NUMBER_bytes)
  return bytes.slice(0, write(bytes, 0, value))
}

function decimal(places: number): NumberWriter {
  return (into, at, value) => writeDecimal(into, at, value, places)
}
