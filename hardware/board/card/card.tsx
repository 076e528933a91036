/**
 * One channel's card. Parts stand where the current wants them: at the left the follower, from the header's
 * supply pins up to the fuse; above it the holder's terminals and the relay; back down through the shunt, whose
 * foot is beside the header's PGND. At the right what is quiet: set-point, converter, comparator.
 */
import { Row } from "../elements/chip"
import { Text } from "../elements/marks"
import { Sheet } from "../elements/place"
import { pinRowLying } from "../footprints"
import { SLOT_PINS, slotNets } from "../slot"
import { Amplifiers } from "./amplifiers"
import { Cell } from "./cell"
import { Follower } from "./follower"
import { Measurement } from "./measurement"
import { SetPoint } from "./setPoint"
import { OverVoltage } from "./trip"

export const CARD = { width: 56, height: 44 }

export function Card({ autorouter }: { autorouter?: unknown }) {
  return (
    <board
      width={CARD.width}
      height={CARD.height}
      autorouter={autorouter as never}
      minTraceWidth={0.2}
      minViaHoleDiameter={0.3}
      minViaPadDiameter={0.6}
      minTraceToPadEdgeClearance={0.15}
      minViaEdgeToPadEdgeClearance={0.15}
    >
      <schematicsheet
        name="loop"
        displayName="Set-point, error amplifier, follower"
        sheetIndex={0}
      />
      <schematicsheet name="sense" displayName="Relay, cell, measurement" sheetIndex={1} />
      <schematicsheet
        name="trip"
        displayName="Over-voltage trip and its latch, slot"
        sheetIndex={2}
      />
      <Sheet name="loop">
        <SetPoint />
        <Follower />
        <Amplifiers />
      </Sheet>
      <Sheet name="sense">
        <Cell />
        <Measurement />
      </Sheet>
      <Sheet name="trip">
        <OverVoltage />
        <Row
          name="J1"
          part="PREC020SBAN-M71RC"
          names={SLOT_PINS}
          nets={slotNets()}
          facing="left"
          footprint={pinRowLying(20, 2)}
          at={[0, -20]}
          sch={[6, 0]}
          label={[26.8, 0]}
        />
      </Sheet>
      <hole diameter={3.2} pcbX={24.8} pcbY={18.6} />

      <Text at={[19.5, 11.6]} size={1.2}>
        coincell channel
      </Text>
      <Text at={[19.5, 9.6]}>-1..+5 V 50 mA</Text>
      {["F+", "S+", "S-", "F-"].map((name, i) => (
        <Text key={name} at={[-22.75 + 3.5 * i, 15.4]}>
          {name}
        </Text>
      ))}
      <Text at={[-26.4, -20]}>1</Text>
      <Text at={[-3.81, -17.9]} size={0.8}>
        key
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
