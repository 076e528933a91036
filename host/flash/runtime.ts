import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { basename, join } from "node:path"
import { type FlashImage, readFlash, readUf2, touches, writeFlash } from "../../firmware/image/uf2"
import { TesterError } from "../errors"
import { CONFIG_HEAD_BYTES, configBytes, readConfig } from "./boardConfig"
import { type Target, targets } from "./targets"

/** DeviceScript's runtime for a board. */
export interface Runtime {
  /** Where it came from, for a person to read. */
  source: string
  image: FlashImage
}

/** Gives a file of the internet. Rejects when it cannot. */
export type Fetch = (url: string) => Promise<Uint8Array>

/**
 * The runtime for a board: from a file, from what was downloaded before, or from its makers.
 * @throws TesterError, with what to do, when there is none or it is another board's
 */
export async function runtimeFor(
  target: Target,
  file: string | undefined,
  { cache = cacheFolder(), get = download }: { cache?: string; get?: Fetch } = {},
): Promise<Runtime> {
  if (file !== undefined) return readRuntime(target, read(target, file), file)
  const kept = join(cache, basename(target.runtimeUrl))
  try {
    return readRuntime(target, readFileSync(kept), kept)
  } catch (error) {
    // What is there and no runtime is fetched anew, as what is not there.
    if (!(error instanceof TesterError) && (error as NodeJS.ErrnoException).code !== "ENOENT")
      throw error
  }
  const bytes = await fetched(target, get)
  const runtime = readRuntime(target, bytes, target.runtimeUrl)
  mkdirSync(cache, { recursive: true })
  writeFileSync(kept, bytes)
  return runtime
}

/** Where downloaded runtimes are kept for the next board. */
function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "coincell")
}

async function fetched(target: Target, get: Fetch): Promise<Uint8Array> {
  try {
    return await get(target.runtimeUrl)
  } catch (error) {
    throw new TesterError(
      `DeviceScript's runtime for the ${target.title} cannot be fetched (${(error as Error).message}). Where there ` +
        `is internet, download ${target.runtimeUrl}, and give it by '--runtime FILE'.`,
    )
  }
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim())
  return new Uint8Array(await response.arrayBuffer())
}

function read(target: Target, file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw refusal(target, "--runtime", code === "ENOENT" ? `there is no file ${file}` : message)
  }
}

function refusal({ title, runtimeUrl }: Target, source: string, what: string): TesterError {
  return new TesterError(
    `${source}: ${what}. The runtime for the ${title} is ${basename(runtimeUrl)}, from ${runtimeUrl}.`,
  )
}

/** @throws TesterError when these bytes are no runtime for that board */
export function readRuntime(target: Target, bytes: Uint8Array, source: string): Runtime {
  const { chip } = target
  const refuse = (what: string) => refusal(target, source, what)
  const image = chip.way === "drive" ? uf2Image(bytes, refuse) : binImage(bytes)
  if (image.familyId !== chip.familyId)
    throw refuse("this is a UF2 file for another microcontroller")
  const config = configIn(image, chip.configAt)
  if (config === undefined) throw refuse("this is no DeviceScript runtime with a board in it")
  if (config.productId !== target.productId) {
    const other = targets.find((one) => one.productId === config.productId)
    const name = other?.title ?? config.name ?? "another board"
    throw refuse(`this runtime is made for the ${name}`)
  }
  if (chip.way === "drive" && touches(image, chip.storeAt, chip.storeBytes))
    throw refuse("this image has a program in it already")
  return { source, image }
}

function uf2Image(bytes: Uint8Array, refuse: (what: string) => TesterError): FlashImage {
  try {
    return readUf2(bytes)
  } catch (error) {
    throw refuse((error as Error).message)
  }
}

/** A .bin lies from address 0 on. */
function binImage(bytes: Uint8Array): FlashImage {
  const image: FlashImage = { familyId: undefined, pages: new Map() }
  writeFlash(image, 0, bytes)
  return image
}

function configIn(image: FlashImage, address: number) {
  const head = readFlash(image, address, CONFIG_HEAD_BYTES)
  const count = head && configBytes(head)
  const bytes = count === undefined ? undefined : readFlash(image, address, count)
  return bytes && readConfig(bytes)
}
