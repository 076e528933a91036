import type { SchemaElement, Statistics } from "hyparquet"
import { ByteWriter } from "hyparquet-writer"
import { writeRleBitPackedHybrid } from "hyparquet-writer/src/encoding.js"
import { writePlain } from "hyparquet-writer/src/plain.js"
import type { ChunkContent } from "./parquetColumn"
import type { Quantity, Values } from "./quantities"

/** Gathers a column of one row group. */
export interface ColumnBuffer {
  readonly element: SchemaElement
  /** Puts in the values of a batch's records `from` to `to`, at row `at`. */
  put(values: Values, from: number, to: number, at: number): void
  /** What was gathered in the first rows. The buffer can be filled anew at once. */
  take(rows: number): ChunkContent
}

/** @param capacity rows of a row group */
export function bufferOf(name: string, { kind }: Quantity, capacity: number): ColumnBuffer {
  const common = { name, repetition_type: "OPTIONAL" } as const
  switch (kind) {
    case "real":
      return new NumberBuffer({ ...common, type: "DOUBLE" }, capacity)
    case "index":
      return new NumberBuffer({ ...common, type: "INT32" }, capacity)
    case "label":
      return new RepeatingBuffer({ ...common, type: "INT32" }, capacity)
    case "text":
      return new RepeatingBuffer(
        { ...common, type: "BYTE_ARRAY", converted_type: "UTF8" },
        capacity,
      )
    // Days since 1970.
    case "date":
      return new RepeatingBuffer({ ...common, type: "INT32", converted_type: "DATE" }, capacity)
    case "flag":
      return new RepeatingBuffer({ ...common, type: "BOOLEAN" }, capacity)
  }
}

/** Numbers that seldom come twice: plain. NaN, which readers would take for the greatest number, is absent. */
class NumberBuffer implements ColumnBuffer {
  private readonly values: Float64Array

  constructor(
    readonly element: SchemaElement,
    capacity: number,
  ) {
    this.values = new Float64Array(capacity)
  }

  put(values: Values, from: number, to: number, at: number): void {
    if (values instanceof Float64Array) this.values.set(values.subarray(from, to), at)
    else this.values.fill(typeof values === "number" ? values : Number.NaN, at, at + to - from)
  }

  take(rows: number): ChunkContent {
    const { min, max, absent } = rangeOf(this.values, rows)
    const gathered = this.values.subarray(0, rows)
    const present =
      absent === 0 ? undefined : Uint8Array.from(gathered, (v) => (Number.isNaN(v) ? 0 : 1))
    const known = absent === 0 ? gathered : gathered.filter((v) => !Number.isNaN(v))
    const plain = this.element.type === "INT32" ? new Int32Array(known) : known.slice()
    return {
      element: this.element,
      rows,
      present,
      statistics: statisticsOf(min, max, absent),
      encoding: "PLAIN",
      values: new Uint8Array(plain.buffer),
    }
  }
}

/** Stands for no value among the codes of a dictionary. */
const ABSENT = -1

/** Values that hold for many records: a dictionary, and runs. */
class RepeatingBuffer implements ColumnBuffer {
  private readonly codes: Int32Array
  private dictionary = new Map<string | number | boolean, number>()

  constructor(
    readonly element: SchemaElement,
    capacity: number,
  ) {
    this.codes = new Int32Array(capacity)
  }

  put(values: Values, from: number, to: number, at: number): void {
    if (values instanceof Float64Array) throw new Error(`${this.element.name} is to be one value.`)
    this.codes.fill(this.codeOf(values), at, at + to - from)
  }

  take(rows: number): ChunkContent {
    const dictionary = [...this.dictionary.keys()]
    this.dictionary = new Map()
    const gathered = this.codes.subarray(0, rows)
    const codes = gathered.includes(ABSENT) ? gathered.filter((code) => code !== ABSENT) : gathered
    const absent = rows - codes.length
    const inOrder = [...dictionary].sort((a, b) => (a < b ? -1 : 1))
    const common = {
      element: this.element,
      rows,
      present:
        absent === 0 ? undefined : Uint8Array.from(gathered, (code) => (code === ABSENT ? 0 : 1)),
      statistics: statisticsOf(inOrder[0], inOrder[inOrder.length - 1], absent),
    }
    const writer = new ByteWriter()
    if (this.element.type === "BOOLEAN") {
      writePlain(
        writer,
        Array.from(codes, (code) => dictionary[code]),
        "BOOLEAN",
        undefined,
      )
      return { ...common, encoding: "PLAIN", values: writer.getBytes() }
    }
    const bitWidth = Math.ceil(Math.log2(Math.max(1, dictionary.length)))
    writer.appendUint8(bitWidth)
    writeRleBitPackedHybrid(writer, codes, bitWidth)
    return {
      ...common,
      encoding: "RLE_DICTIONARY",
      values: writer.getBytes(),
      dictionary: dictionary as (string | number)[],
    }
  }

  private codeOf(value: string | number | boolean | undefined): number {
    if (value === undefined) return ABSENT
    const known = this.dictionary.get(value)
    if (known !== undefined) return known
    this.dictionary.set(value, this.dictionary.size)
    return this.dictionary.size - 1
  }
}

function rangeOf(values: Float64Array, rows: number) {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let absent = 0
  for (let i = 0; i < rows; i++) {
    const value = values[i]
    if (value < min) min = value
    if (value > max) max = value
    if (Number.isNaN(value)) absent += 1
  }
  return { min: min === 0 ? -0 : min, max: max === 0 ? 0 : max, absent }
}

/** A column that is absent altogether has neither least nor greatest value. */
function statisticsOf(
  min: number | string | boolean | undefined,
  max: number | string | boolean | undefined,
  absent: number,
): Statistics {
  const isEmpty = min === Number.POSITIVE_INFINITY
  return {
    min_value: isEmpty ? undefined : min,
    max_value: isEmpty ? undefined : max,
    null_count: BigInt(absent),
  }
}
