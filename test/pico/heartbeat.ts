import type { SimulatedBoard } from "../../sim/board"
import type { I2cChip } from "../../sim/chips/chip"
import { address, manifest } from "../../sim/manifest"

const GPIO = 0x09 // MCP23008: DS21919E, 1.6
const OLAT = 0x0a
const BIT = 1 << manifest.expanderPins.heartbeat

/** When the heartbeat changed, once each control period, as the expander's bus shows it. */
export class HeartbeatWatch {
  readonly edges_ms: number[] = []

  constructor(private readonly board: SimulatedBoard) {
    board.i2c.replace(address(manifest.chips.expander.addresses[0]), (chip) => this.watched(chip))
  }

  /** Times between two edges since an instant. */
  periods_ms(since_ms: number): number[] {
    const edges = this.edges_ms.filter((at_ms) => at_ms >= since_ms)
    return edges.slice(1).map((at_ms, i) => at_ms - edges[i])
  }

  private watched(chip: I2cChip): I2cChip {
    let register: number | undefined
    let level: number | undefined
    return {
      name: chip.name,
      powerOn: () => chip.powerOn(),
      powerOff: () => chip.powerOff(),
      start: (read) => {
        if (!read) register = undefined
        return chip.start(read)
      },
      write: (byte) => {
        if (register === undefined) register = byte
        else if (register === GPIO || register === OLAT) {
          if (level !== undefined && level !== (byte & BIT)) this.edges_ms.push(this.board.now_ms)
          level = byte & BIT
        }
        return chip.write(byte)
      },
      read: () => chip.read(),
      stop: () => chip.stop(),
    }
  }
}
