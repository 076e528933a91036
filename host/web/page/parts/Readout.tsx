import type { LiveChannel } from "../../api"
import { standingOf } from "../standing"
import { degrees, milliampHours, milliamps, volts } from "../words"
import { Figure } from "./Figure"

/** What is measured now, in figures to be read from where one stands. */
export function Readout({ channel }: { channel: LiveChannel }) {
  const { voltage_V, current_A, stepCharge_Ah, temperature_degC } = channel
  const isIdle = standingOf(channel) === "idle"
  return (
    <dl class={`readout ${isIdle ? "is-idle" : ""}`}>
      <Value name="Voltage" text={volts(voltage_V)} />
      <Value name="Current" text={milliamps(current_A)} />
      {!isIdle && <Value name="Charge in this step" text={milliampHours(stepCharge_Ah)} />}
      {temperature_degC !== undefined && (
        <Value name="Board’s temperature" text={degrees(temperature_degC)} />
      )}
    </dl>
  )
}

function Value({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Figure text={text} />
      </dd>
    </div>
  )
}
