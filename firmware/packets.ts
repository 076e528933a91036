import * as ds from "@devicescript/core"

/** Where DeviceScript's runtime hands packets to the server library, each in a fiber of its own. */
type Entry = typeof ds & { _onServerPacket(packet: ds.Packet): Promise<void> }

/**
 * Packets that are answered at once. Each takes some hundred bytes of a heap that is nearly full, and a full one ends
 * the program, and with it all tests for seconds; a host asks again for what is not answered.
 */
const MOST_UNDER_WAY = 6

/** Lets no more packets in than there is room for. Call it once a server was started. */
export function limitPackets() {
  const entry = ds as Entry
  const answer = entry._onServerPacket
  let underWay = 0
  entry._onServerPacket = async (packet) => {
    // There is none where the runtime had no room for it.
    if (packet === undefined || underWay >= MOST_UNDER_WAY) return
    underWay++
    await answer(packet)
    underWay--
  }
}
