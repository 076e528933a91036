import { useEffect, useState } from "preact/hooks"
import type { FleetNoted, FleetRecords } from "../../fleetApi"
import { EventStream } from "../eventStream"
import { useFleet, useReading } from "./live"
import type { Item } from "./items"
import {
  type Heard,
  NOTHING_HEARD,
  withBreak,
  withNoted,
  withReading,
  withRecords,
} from "./records"

/** What the broker tells of a channel's test for as long as its page is open. */
export function useHeard({ host, board, channel }: Item): Heard {
  const [heard, setHeard] = useState(NOTHING_HEARD)
  const { testNumber } = channel
  const path = `/api/fleet/channel/${[host.lab, host.host, board.id].map(encodeURIComponent).join("/")}/${channel.channel}/live`
  useEffect(() => {
    setHeard(NOTHING_HEARD)
    if (testNumber === undefined) return
    const stream = new EventStream(path, {
      events: {
        records: (told: never) => setHeard((before) => ofTest(before, told, withRecords)),
        noted: (told: never) => setHeard((before) => ofTest(before, told, withNoted)),
        missed: () => setHeard(withBreak),
        here: () => {},
      },
      onLost: () => setHeard(withBreak),
      onRefused: () => setHeard(withBreak),
    })
    stream.open()
    return () => stream.close()

    function ofTest<T extends FleetRecords | FleetNoted>(
      before: Heard,
      told: T,
      add: (heard: Heard, told: T) => Heard,
    ): Heard {
      // Pages of an older test may come late.
      return told.testNumber === testNumber ? add(before, told) : before
    }
  }, [path, testNumber])
  const isBrokerThere = useFleet(({ broker }) => broker?.isThere !== false)
  useEffect(() => {
    if (!isBrokerThere) setHeard(withBreak)
  }, [isBrokerThere])
  const row = useReading(channel)
  useEffect(() => {
    if (row !== undefined) setHeard((before) => withReading(before, row))
  }, [row])
  return heard
}
