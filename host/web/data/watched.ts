import type { TestAbout } from "../../log/testAbout"
import type { TestReader } from "../../log/testReader"
import type { Records } from "../../records"

/** A reader of a test that calls something at each batch, which may end the reading by throwing. */
export function watched(
  reader: TestReader,
  onBatch: () => void,
): Iterable<Records> & { readonly about: TestAbout } {
  return {
    get about() {
      return reader.about
    },
    *[Symbol.iterator]() {
      for (const batch of reader) {
        onBatch()
        yield batch
      }
    },
  }
}
