import type { LiveBoard, LiveChannel } from "../web/api"
import type { BoardPayload, LivePayload } from "./payloads"

/** How a board and its channels stand: published when it changes. */
export function boardPayload({
  id,
  name,
  isThere,
  isSimulated,
  channels,
}: LiveBoard): BoardPayload {
  return {
    board: id,
    board_name: name,
    is_there: isThere,
    is_simulated: isSimulated,
    channels: channels.map(stateOf),
  }
}

function stateOf(channel: LiveChannel): BoardPayload["channels"][number] {
  const { test } = channel
  return {
    channel: channel.channel,
    state: channel.state,
    fault: channel.fault ?? null,
    note: channel.note ?? null,
    waits_for_person: channel.waitsForPerson,
    test_number: test?.number ?? null,
    test: test?.id ?? null,
    cell: test?.cell ?? null,
    operator: test?.operator ?? null,
    project: test?.project ?? null,
    cycle: channel.cycle,
  }
}

/** The channels whose readings are others than before; undefined when there are none. */
export function livePayload(
  board: LiveBoard,
  before: LiveBoard | undefined,
  now_unix_s: number,
): LivePayload | undefined {
  if (!board.isThere) return undefined
  // What did not change is the same object.
  const news = board.channels.filter((channel, i) => channel !== before?.channels[i])
  if (news.length === 0) return undefined
  return { board: board.id, sent_unix_s: now_unix_s, channels: news.map(readingOf) }
}

function readingOf(channel: LiveChannel): LivePayload["channels"][number] {
  return {
    channel: channel.channel,
    state: channel.state,
    test_number: channel.test?.number ?? null,
    cycle: channel.cycle,
    time_s: channel.testTime_s,
    voltage_V: channel.voltage_V,
    current_A: channel.current_A,
    step_charge_Ah: channel.stepCharge_Ah,
    temperature_degC: channel.temperature_degC ?? null,
    reading_unix_s: channel.reading_unix_s,
  }
}
