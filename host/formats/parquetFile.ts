import type { ColumnChunk } from "hyparquet"
import { ByteWriter, ParquetWriter } from "hyparquet-writer"
import { type ColumnBuffer, bufferOf } from "./parquetBuffer"
import { type Chunk, chunkOf } from "./parquetColumn"
import { PartialFile } from "./partialFile"
import type { Column, TableFile } from "./tableFile"
import type { Rows } from "./totals"

/**
 * Rows of a row group, as DuckDB itself writes them: about 1 MB a column, 34 h at one record a second. Readers
 * pass over a group whose statistics lie outside what they look for, and share groups out among threads.
 */
export const ROW_GROUP = 122_880

/** A Parquet file; the same records give the same bytes. What is not known is absent, not NaN. */
export class ParquetFile implements TableFile {
  private readonly file: PartialFile
  private readonly bytes = new ByteWriter()
  private readonly parquet: ParquetWriter
  private readonly buffers: ColumnBuffer[]
  private rows = 0
  /** The group before, which is still being compressed. */
  private writing: Promise<void> = Promise.resolve()

  /** @param metadata goes into the file, as text under the key `coincell` */
  constructor(
    path: string,
    private readonly columns: readonly Column[],
    private readonly metadata: () => unknown,
  ) {
    this.file = new PartialFile(path)
    this.buffers = columns.map(({ head, quantity }) => bufferOf(head, quantity, ROW_GROUP))
    this.parquet = new ParquetWriter({
      writer: this.bytes,
      schema: [
        { name: "records", num_children: columns.length },
        ...this.buffers.map(({ element }) => element),
      ],
      createdBy: "coincell",
    })
  }

  async add(rows: Rows): Promise<void> {
    const values = this.columns.map(({ quantity }) => quantity.of(rows))
    const { length } = rows.records
    for (let from = 0; from < length; ) {
      const to = Math.min(length, from + ROW_GROUP - this.rows)
      for (const [i, buffer] of this.buffers.entries()) buffer.put(values[i], from, to, this.rows)
      this.rows += to - from
      from = to
      if (this.rows === ROW_GROUP) await this.endGroup()
    }
  }

  async finish(path: string): Promise<void> {
    if (this.rows > 0) await this.endGroup()
    await this.writing
    this.parquet.kvMetadata = [{ key: "coincell", value: JSON.stringify(this.metadata()) }]
    this.parquet.finish()
    this.flush()
    this.file.complete(path)
  }

  discard(): void {
    this.file.discard()
  }

  /** While this group is compressed, the next one is read. */
  private async endGroup(): Promise<void> {
    const { rows } = this
    this.rows = 0
    const chunks = Promise.all(this.buffers.map((buffer) => chunkOf(buffer.take(rows))))
    await this.writing
    this.writing = chunks.then((done) => this.write(rows, done))
    // Whoever waits for it next is told.
    this.writing.catch(() => {})
  }

  private write(rows: number, chunks: Chunk[]): void {
    const start = this.bytes.offset
    const columns: ColumnChunk[] = chunks.map(({ bytes, about }) => {
      const at = BigInt(this.bytes.offset)
      this.bytes.appendBytes(bytes)
      const { dictionary_page_offset } = about
      const meta_data = {
        ...about,
        data_page_offset: about.data_page_offset + at,
        dictionary_page_offset:
          dictionary_page_offset === undefined ? undefined : dictionary_page_offset + at,
      }
      return { file_offset: at, meta_data }
    })
    this.parquet.row_groups.push({
      columns,
      total_byte_size: chunks.reduce((sum, { about }) => sum + about.total_uncompressed_size, 0n),
      num_rows: BigInt(rows),
      total_compressed_size: BigInt(this.bytes.offset - start),
    })
    this.parquet.num_rows += BigInt(rows)
    this.flush()
  }

  private flush(): void {
    this.file.write(this.bytes.getBytes())
    this.bytes.index = 0
  }
}
