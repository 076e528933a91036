import type { ChannelStatus } from "../boardClient"
import { CALIBRATION_TEST } from "../calibrate"
import { endText, faultText, pauseText } from "../follow/faultText"
import type { FollowedBoard, SeenChannel } from "../follow/followedBoard"
import type { KnownTest, TestBook } from "../follow/testBook"
import { stateText } from "../report/statusTable"
import type { Session } from "../session"
import type { LiveBoard, LiveChannel, LiveTest } from "./state"

/** What a board told of itself when it was opened: it stays known while the board is away. */
export type BoardAbout = Pick<LiveBoard, "isSimulated" | "address" | "firmware">

export function boardAbout({ isSimulated, link, firmware }: Session): BoardAbout {
  return { isSimulated, address: link.address, firmware }
}

/** A board as pages are told of it. */
export function liveBoard(board: FollowedBoard, about: BoardAbout, book: TestBook): LiveBoard {
  const { id, name, session, heard_unix_s, channels } = board
  return {
    id,
    name,
    isThere: session !== undefined,
    heard_unix_s,
    ...about,
    channels: channels.map((seen) => liveChannel(id, seen, book)),
  }
}

/** `now` with those channels of `before` that did not change: who knows these needs to be told nothing. */
export function keepSame(before: LiveBoard | undefined, now: LiveBoard): LiveBoard {
  const channels = now.channels.map((channel, i) => {
    const known = before?.channels[i]
    return JSON.stringify(known) === JSON.stringify(channel) && known !== undefined
      ? known
      : channel
  })
  return { ...now, channels }
}

function liveChannel(board: string, seen: SeenChannel, book: TestBook): LiveChannel {
  const { status, reading_unix_s } = seen
  const { channel, state, waitsForPerson, cycle, testTime_s, stepTime_s } = status
  const known = state === "Idle" ? undefined : book.find(board, channel, status.test)
  return {
    channel,
    state,
    stateText: stateText(status),
    fault: state === "Fault" ? status.fault : undefined,
    waitsForPerson,
    note: noteOf(status),
    test: state === "Idle" ? undefined : liveTest(status, known),
    cycle,
    testTime_s,
    stepTime_s,
    voltage_V: status.voltage_V,
    current_A: status.current_A,
    stepCharge_Ah: status.stepCharge_Ah,
    temperature_degC: status.temperature_degC,
    reading_unix_s,
  }
}

function liveTest({ test, step }: ChannelStatus, known: KnownTest | undefined): LiveTest {
  if (known === undefined) return { number: test }
  const { id, cell, operator, project, cycles, expected_s } = known
  const stepText = step === undefined ? undefined : known.stepText(step)
  return { number: test, id, cell, operator, project, step: stepText, cycles, expected_s }
}

/** What there is to know or to do on a channel that does not run. */
function noteOf(status: ChannelStatus): string | undefined {
  switch (status.state) {
    case "Fault": {
      const { what, toDo } = faultText(status.fault)
      return `Stopped by a fault: ${what}. ${toDo}`
    }
    case "Paused": {
      const { what, toDo } = pauseText(status.pause)
      return `${capitalised(what)}. ${toDo}`
    }
    case "Finished":
      return status.test === CALIBRATION_TEST ? undefined : `Over: ${endText(status.end)}.`
    default:
      return undefined
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
