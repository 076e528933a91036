import type { Command } from "commander"
import { manifest } from "../../manifest"
import { cellPathOfExample, resolveCellPath, resolveProtocolPath } from "../../protocol/examples"
import { type PlannedTest, planTest, type TextFile } from "../../start"
import { type Channels, channelList } from "./options"
import { readText } from "./readText"

/** What `start` and `run` are told of the tests. */
export interface PlanOptions {
  channel: Channels
  /** A ready protocol, `example:NAME`, knows its own. */
  cell?: string[]
}

/**
 * Reads and checks a protocol for a cell on each channel.
 * @throws CommanderError when there is not one cell for each channel; TesterError of what is wrong in the files
 */
export function planTests(
  command: Command,
  protocol: string,
  { channel, cell }: PlanOptions,
): PlannedTest[] {
  const channels = channelList(channel, manifest.channels)
  const path = resolveProtocolPath(protocol)
  const protocolFile = fileAt(path, protocol)
  const own = cellPathOfExample(protocol)
  const cells =
    cell?.map((given) => fileAt(resolveCellPath(given), given)) ??
    (own === undefined ? [] : channels.map(() => fileAt(own, own)))
  if (cells.length !== channels.length)
    command.error(
      `error: ${channels.length} channels and ${cells.length} cells: give --cell once for each channel, in the ` +
        "order of the channels",
    )
  return channels.map((one, i) => planTest(one, protocolFile, cells[i]))
}

/** @param given how it was asked for, which errors repeat */
function fileAt(path: string, given: string): TextFile {
  return { fileName: given, text: readText(path) }
}
