import { TesterError } from "../errors"

/**
 * Steps as PyBaMM's experiments write them, `pybamm.step.string`: "Charge at C/3 for 4 hours or until 4.2 V",
 * "Hold at 4.2 V until C/50", "Rest for 30 minutes (10 second period)". PyBaMM counts the current of a
 * discharge positive; here it charges, and is turned over here and nowhere else.
 */

type Entry = { [key: string]: unknown }

const NUMBER = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?"
const SHAPE =
  /^(charge|discharge|hold|rest)(?: at (.+?))?(?: for (.+?))?(?:(?: or)? until (.+?))?$/i
const PERIOD = /^(.*?)\s*\((.+) period\)$/i
const QUANTITY = new RegExp(`^(${NUMBER}) ?([a-zµ]+)$`, "i")
const FRACTION = new RegExp(`^(${NUMBER})? ?C ?/ ?(${NUMBER})$`, "i")

/** Characters of a step. */
const LONGEST = 300

const SECONDS: { [unit: string]: number } = {
  s: 1,
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  h: 3600,
  hour: 3600,
  day: 86_400,
}

type Value =
  | { kind: "rate"; rate_C: number }
  | { kind: "current"; current_mA: number }
  | { kind: "voltage"; voltage_V: number }

/**
 * A step of a protocol from PyBaMM's string.
 * @throws TesterError saying what of it cannot be read, or cannot be done by the board
 */
export function stepFromPybamm(text: string): Entry {
  if (text.length > LONGEST)
    throw new TesterError(`'${text.slice(0, 40)} …' is too long for a step`)
  const plain = text.trim().replace(/\s+/g, " ")
  const [, body, period] = PERIOD.exec(plain) ?? [undefined, plain, undefined]
  if (/^run\b/i.test(body)) throw new TesterError(`'${text}': drive cycles cannot be run`)
  const match = SHAPE.exec(body)
  if (match === null)
    throw new TesterError(
      `'${text}' is no step: write "Charge|Discharge|Hold at VALUE" or "Rest", then "for TIME" or "until VALUE"`,
    )
  const [, verb, at, duration, terms] = match
  return {
    ...setpoint(verb.toLowerCase(), at, text),
    ...(duration === undefined ? {} : { until_time_s: time_s(duration, text) }),
    ...endings(verb.toLowerCase(), terms, text),
    ...(period === undefined ? {} : { record: { time_s: time_s(period, text) } }),
  }
}

function setpoint(verb: string, at: string | undefined, text: string): Entry {
  if (verb === "rest") {
    if (at !== undefined) throw new TesterError(`'${text}': a rest has no value`)
    return { step: "open_circuit_voltage" }
  }
  if (at === undefined) throw new TesterError(`'${text}': says not at what: "${verb} at VALUE"`)
  const value = quantityOf(at, text)
  if (verb === "hold") {
    if (value.kind !== "voltage") throw new TesterError(`'${text}': only a voltage can be held`)
    return { step: "constant_voltage", voltage_V: value.voltage_V }
  }
  if (value.kind === "voltage")
    throw new TesterError(`'${text}': ${verb} at a current; a voltage is held: "Hold at ${at}"`)
  const pybammSign = verb === "discharge" ? 1 : -1
  // The one place where PyBaMM's sign becomes ours.
  const sign = -pybammSign
  return value.kind === "rate"
    ? { step: "constant_current", rate_C: sign * value.rate_C }
    : { step: "constant_current", current_mA: sign * value.current_mA }
}

function endings(verb: string, terms: string | undefined, text: string): Entry {
  const keys: Entry = {}
  for (const term of terms?.split(" or ") ?? []) {
    const [key, value] = ending(verb, term.replace(/^until /i, ""), text)
    if (key in keys) throw new TesterError(`'${text}': has two ends of one kind`)
    keys[key] = value
  }
  return keys
}

function ending(verb: string, term: string, text: string): [key: string, value: number] {
  const value = quantityOf(term, text)
  if (verb === "rest") throw new TesterError(`'${text}': a rest ends by time: "Rest for TIME"`)
  if (value.kind === "voltage") {
    if (verb === "hold") throw new TesterError(`'${text}': a held voltage cannot end it`)
    return ["until_voltage_V", value.voltage_V]
  }
  if (verb !== "hold")
    throw new TesterError(`'${text}': a constant current cannot end by a current`)
  return value.kind === "rate"
    ? ["until_rate_C", value.rate_C]
    : ["until_current_mA", value.current_mA]
}

function quantityOf(written: string, text: string): Value {
  const fraction = FRACTION.exec(written)
  if (fraction !== null) {
    const rate_C = Number(fraction[1] ?? 1) / Number(fraction[2])
    if (Number.isFinite(rate_C)) return { kind: "rate", rate_C }
  }
  const [, number, unit] = QUANTITY.exec(written) ?? []
  const value = Number(number)
  switch (unit) {
    case "C":
      return { kind: "rate", rate_C: value }
    case "A":
      return { kind: "current", current_mA: tidy(value * 1000) }
    case "mA":
      return { kind: "current", current_mA: value }
    case "V":
      return { kind: "voltage", voltage_V: value }
    case "mV":
      return { kind: "voltage", voltage_V: tidy(value / 1000) }
    case "W":
      throw new TesterError(`'${text}': the board cannot hold a power: give a current`)
    case "Ohm":
    case "ohm":
      throw new TesterError(`'${text}': the board cannot hold a resistance: give a current`)
    default:
      throw new TesterError(
        `'${text}': '${written}' is no C-rate, current (A, mA) or voltage (V, mV)`,
      )
  }
}

function time_s(written: string, text: string): number {
  const [, number, unit] = QUANTITY.exec(/^[a-z]/i.test(written) ? `1 ${written}` : written) ?? []
  const name = (unit ?? "").toLowerCase()
  const scale = SECONDS[name] ?? SECONDS[name.replace(/s$/, "")]
  if (scale === undefined)
    throw new TesterError(`'${text}': '${written}' is no time: write hours, minutes or seconds`)
  return tidy(Number(number) * scale)
}

/** Without the last digits that a change of unit leaves. */
function tidy(value: number): number {
  return Number(value.toPrecision(15))
}
