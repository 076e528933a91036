import { inflateRawSync } from "node:zlib"
import { readNotifyConfig } from "../../host/notify/config"
import { Store } from "../../host/store/store"
import { StoredData } from "../../host/web/data/storedData"
import { Lab } from "../../host/live/lab"
import { SimulatedBoardProcess } from "../../host/web/simulatedBoard"
import { createApp } from "../../host/web/server/app"
import { Token } from "../../host/web/server/token"

/** A server over a store, which looks for no boards. */
export function serverOver(folder: string) {
  const store = Store.open(folder)
  const lab = new Lab({ store, notify: readNotifyConfig(folder, {}), ports: ["none"] })
  const data = new StoredData(folder)
  const app = createApp({
    lab,
    data,
    page: new Map(),
    simulated: new SimulatedBoardProcess(),
    token: new Token("a-token-for-the-tests"),
    names: new Set(["localhost"]),
    isOpen: true,
  })
  const get = async (path: string, init: RequestInit = {}): Promise<Response> =>
    app.request(`http://localhost${path}`, { ...init, headers: { host: "localhost" } })
  return {
    lab,
    data,
    get,
    /** biome-ignore lint/suspicious/noExplicitAny: tests look into it */
    json: async (path: string): Promise<{ status: number; body: any }> => {
      const response = await get(path)
      return { status: response.status, body: await response.json() }
    },
  }
}

/** A file in a zip archive. */
export interface Zipped {
  isCompressed: boolean
  bytes: Buffer
}

/** The files of a zip archive, by its central directory. */
export function unzipped(zip: Buffer): Map<string, Zipped> {
  const files = new Map<string, Zipped>()
  const end = zip.lastIndexOf("PK\u0005\u0006")
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      zip.readUInt16LE(at + field),
    )
    const name = zip.toString("utf8", at + 46, at + 46 + nameBytes)
    const local = zip.readUInt32LE(at + 42)
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const stored = zip.subarray(from, from + zip.readUInt32LE(at + 20))
    const isCompressed = zip.readUInt16LE(at + 10) === 8
    files.set(name, { isCompressed, bytes: isCompressed ? inflateRawSync(stored) : stored })
    at += 46 + nameBytes + extraBytes + commentBytes
  }
  return files
}
