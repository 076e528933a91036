/**
 * The base: sockets for a microcontroller and four cards, and all that they share. Currents enter at the right, from
 * the microcontroller's USB, and go along the lower edge through the converters to the cards' supply pins at the
 * left; what is quiet stands in the column between cards and microcontroller.
 */
import { Fragment } from "react"
import { Text } from "../elements/marks"
import { Sheet } from "../elements/place"
import { Bus } from "./bus"
import { Microcontroller } from "./microcontroller"
import { Power } from "./power"
import { RelaySupply } from "./relaySupply"
import { SetPoints } from "./setPoints"
import { Slots } from "./slots"

export const BASE = { width: 100, height: 92 }
const HOLES: [number, number][] = [
  [-46.5, 42.5],
  [-46.5, -42.8],
  [22.5, 42.5],
  [26.4, -42.8],
  [46.5, -14],
]
/** Under the Pico W's antenna. */
export const KEEPOUTS = [{ x: 37.5, y: -1, width: 14, height: 9 }]

export function Base({ autorouter }: { autorouter?: unknown }) {
  return (
    <board
      width={BASE.width}
      height={BASE.height}
      autorouter={autorouter as never}
      minTraceWidth={0.2}
      minViaHoleDiameter={0.3}
      minViaPadDiameter={0.6}
      minTraceToPadEdgeClearance={0.15}
      minViaEdgeToPadEdgeClearance={0.15}
    >
      <schematicsheet name="mcu" displayName="Microcontroller, watchdog, stacking" sheetIndex={0} />
      <schematicsheet name="bus" displayName="Memories, thermometer, expander" sheetIndex={1} />
      <schematicsheet name="set" displayName="Reference and set-points" sheetIndex={2} />
      <schematicsheet name="power" displayName="Rails" sheetIndex={3} />
      <schematicsheet name="safety" displayName="Relay supply" sheetIndex={4} />
      <schematicsheet name="slots" displayName="Slots" sheetIndex={5} />
      <Sheet name="mcu">
        <Microcontroller />
      </Sheet>
      <Sheet name="bus">
        <Bus />
      </Sheet>
      <Sheet name="set">
        <SetPoints />
      </Sheet>
      <Sheet name="power">
        <Power />
      </Sheet>
      <Sheet name="safety">
        <RelaySupply />
      </Sheet>
      <Sheet name="slots">
        <Slots />
      </Sheet>
      {HOLES.map(([x, y]) => (
        <Fragment key={`${x} ${y}`}>
          <hole diameter={3.2} pcbX={x} pcbY={y} />
        </Fragment>
      ))}
      {KEEPOUTS.map(({ x, y, width, height }) => (
        <Fragment key={`${x} ${y}`}>
          <keepout
            shape="rect"
            pcbX={x}
            pcbY={y}
            width={width}
            height={height}
            layers={["top", "bottom"]}
          />
        </Fragment>
      ))}
      <Text at={[-20.5, 43]} size={1.8}>
        coincell base
      </Text>
      {["0x40", "0x41", "0x44", "0x45"].map((address, i) => (
        <Fragment key={address}>
          <Text at={[-20.5, 38.4 - 18 * i]}>{`slot ${i}  ${address}`}</Text>
          <Text at={[-24.31, 34.1 - 18 * i]} size={0.8}>
            key
          </Text>
        </Fragment>
      ))}
      <Text at={[37.5, 35]} size={1.4}>
        Pico
      </Text>
      <Text at={[37.5, -34.6]}>XIAO ESP32-C3</Text>
      <Text at={[37.5, -36.4]} size={0.8}>
        wire its EN to J6 RUN
      </Text>
      {["5V", "3V3", "SDA", "SCL", "GND", "RUN"].map((name, i) => (
        <Text key={name} at={[8.65 + 2.54 * i, -41.5]} size={0.7}>
          {name}
        </Text>
      ))}
      <Text at={[23, -27]} size={0.8}>
        WDT RUN
      </Text>
      <Text at={[16.6, 44]} size={0.8}>
        busy
      </Text>
      <Text at={[-28.6, -44.6]} size={0.8}>
        relays
      </Text>
      <copperpour
        layer="bottom"
        connectsTo="net.GND"
        clearance={0.25}
        boardEdgeMargin={0.4}
        useThermalReliefs
      />
    </board>
  )
}
