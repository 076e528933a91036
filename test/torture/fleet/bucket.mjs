// An object store that speaks S3, at a port and with a folder that are given. As the service does, and s3rver by
// itself does not, it has an object whole or not at all, whenever it or whoever writes is killed.
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { createHash } from "node:crypto"
import { buffer } from "node:stream/consumers"
import S3rver from "s3rver"

const [port, directory] = process.argv.slice(2)
const server = new S3rver({
  port: Number(port),
  address: "127.0.0.1",
  silent: true,
  directory,
  configureBuckets: [{ name: "lab", configs: [] }],
})
const { store } = server
let drafts = 0
store.putObject = async ({ bucket, key, content, metadata }) => {
  const bytes = Buffer.isBuffer(content) ? content : await buffer(content)
  const size = Number(metadata["content-length"] ?? bytes.length)
  if (size !== bytes.length) throw new Error("the upload was cut")
  const path = store.getResourcePath(bucket, key, "object")
  mkdirSync(dirname(path), { recursive: true })
  const draft = join(directory, `${process.pid}-${++drafts}.draft`)
  writeFileSync(draft, bytes)
  // What is missing of these is worked out from the object.
  for (const beside of ["object.md5", "metadata.json"])
    rmSync(store.getResourcePath(bucket, key, beside), { force: true })
  renameSync(draft, path)
  return { size, md5: createHash("md5").update(bytes).digest("hex") }
}
await server.run()
