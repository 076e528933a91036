import type { Calibrations } from "../../api"
import { href } from "../router"
import { clockTime } from "../words"
import type { Place } from "./places"

/** Which channel: those that are ready first, those that are not with what keeps them. */
export function ChannelChoice(props: {
  places: readonly Place[]
  chosen: Place | undefined
  calibrations: Calibrations | undefined
  onChoose: (place: Place) => void
}) {
  const { places, chosen, calibrations, onChoose } = props
  const ready = places.filter(({ kind }) => kind === "free" || kind === "unknown")
  const uncalibrated = places.filter(({ kind }) => kind === "uncalibrated")
  const taken = places.filter(({ kind }) => kind === "taken")
  const isChosenTaken = chosen?.kind === "taken"
  const radio = (place: Place) => (
    <PlaceRadio
      key={`${place.board.id} ${place.channel.channel}`}
      place={place}
      isChosen={place === chosen}
      onChoose={onChoose}
    />
  )
  if (places.length === 0)
    return (
      <p>
        No board is here: <a href={href({ view: "glance" })}>plug one in, or try a simulated one</a>
        . A protocol can be written and checked without.
      </p>
    )
  return (
    <fieldset class="channel-choice">
      <legend class="unseen">Channel</legend>
      {ready.length === 0 && <p>No calibrated channel is free.</p>}
      <div class="place-row">{ready.map(radio)}</div>
      {uncalibrated.length > 0 && (
        <>
          <p class="quiet-text">Free, but not calibrated:</p>
          <div class="place-row">{uncalibrated.map(radio)}</div>
        </>
      )}
      {taken.length > 0 && (
        <details open={isChosenTaken || undefined}>
          <summary>Taken: {taken.length}</summary>
          <div class="place-list">{taken.map(radio)}</div>
        </details>
      )}
      {chosen && <About place={chosen} calibrations={calibrations} />}
    </fieldset>
  )
}

function PlaceRadio(props: { place: Place; isChosen: boolean; onChoose: (place: Place) => void }) {
  const { place, isChosen } = props
  const { board, channel, kind, why } = place
  return (
    <label class={`place is-${kind}`}>
      <input
        type="radio"
        name="place"
        checked={isChosen}
        disabled={kind === "taken"}
        onChange={() => props.onChoose(place)}
      />
      <span>
        <b>{board.name}</b> channel {channel.channel}
        {why && `: ${why}`}
      </span>
    </label>
  )
}

/** What is to be known of the channel that was chosen. */
function About({ place, calibrations }: { place: Place; calibrations: Calibrations | undefined }) {
  const { board, channel, kind } = place
  const calibration = calibrations?.channels[channel.channel]
  if (kind === "uncalibrated")
    return (
      <p class="hint">
        Calibrate it first: <code>coincell calibrate --channel {channel.channel}</code> on the
        server’s computer. Or, for a look only, write <code>allow_uncalibrated: true</code> into the
        protocol.
      </p>
    )
  const calibrated =
    calibration &&
    `It was calibrated ${clockTime(calibration.date_unix_s)}${calibration.standard && ` against ${calibration.standard}`}.`
  return (
    <p class="hint">
      {board.isSimulated && `${board.name} is a simulated board. `}
      {calibrated}
    </p>
  )
}
