/** What a fault is, and what a person does about it. */
export interface FaultText {
  /** What happened, without a full stop. */
  what: string
  /** What to do next, a sentence. */
  toDo: string
}

const WIRING = "Look at the holder, its contacts and the leads; then 'resume', or 'stop'."
const SERVICE = "'stop' the test and run 'doctor'; do not use the channel until that passes."

/** The faults of `firmware/services/coincell.md`, by the names that they have there. */
export const FAULT_TEXTS: Readonly<Record<string, FaultText>> = {
  OverVoltage: {
    what: "the cell's voltage passed max_voltage_V",
    toDo: "Look at the cell. 'resume' goes on with the same limits; 'stop' ends the test.",
  },
  UnderVoltage: {
    what: "the cell's voltage fell below min_voltage_V",
    toDo: "Look at the cell. 'resume' goes on with the same limits; 'stop' ends the test.",
  },
  OverCurrent: {
    what: "more current flowed than max_current_mA allows",
    toDo: `Do not trust the channel with a cell: ${SERVICE}`,
  },
  StaleReading: {
    what: "the converter gave no new reading in time",
    toDo: "'resume' once. When it comes again, 'stop' the test and run 'doctor'.",
  },
  Saturated: {
    what: "the cell's voltage is beyond what the converter can read",
    toDo: `The cell may be reversed or not a cell of this range. ${WIRING}`,
  },
  RegulationLost: {
    what: "the current did not follow its set-point",
    toDo: `A contact may be loose, or the cell's resistance too high for this current. ${WIRING}`,
  },
  ChipLost: {
    what: "a chip of the board no longer answers",
    toDo: "Cycle the board's power, then 'resume'. When it comes again, run 'doctor': it names the chip.",
  },
  ZeroingFailed: {
    what: "the output could not be brought to zero, so that the relay stayed open",
    toDo: SERVICE,
  },
  LogLost: {
    what: "the log's flash does not take what is written",
    toDo: `Run 'download' now: what was logged before is safe. Then ${SERVICE}`,
  },
  OverTemperature: {
    what: "the board is warmer than the protocol, or the board itself, allows",
    toDo: "Let it cool and find out why; then 'resume'.",
  },
  UnderTemperature: {
    what: "the board is colder than min_temperature_degC",
    toDo: "Let it warm up; then 'resume'.",
  },
  OpenCell: {
    what: "no current can flow: the holder is empty, or a lead is off",
    toDo: `Or the cell is above 5.1 V, where its card lets go by itself. ${WIRING}`,
  },
  HardShort: {
    what: "the voltage broke down under constant current: a hard short",
    toDo: "The cell is most likely at its end: 'stop' the test. 'resume' goes on regardless.",
  },
  Implausible: {
    what: "the voltage leapt from reading to reading, as with a loose contact",
    toDo: WIRING,
  },
  ProgramLost: {
    what: "the program in the board's memory cannot be run",
    toDo: "'stop' the test and 'start' it anew. When it comes again, run 'doctor'.",
  },
  SelfTestFailed: {
    what: "the channel did not measure its own dummy load as it should",
    toDo: `Its readings cannot be trusted: ${SERVICE} It may only need 'calibrate'.`,
  },
  CellChanged: {
    what: "after a restart the cell had another voltage than before: another cell?",
    toDo: "If it is the same cell, 'resume'; if not, 'stop' the test.",
  },
  MemoryLost: {
    what: "the board's FRAM does not keep what is written, so that a power cut would lose the test",
    toDo: `Run 'download' now. Then ${SERVICE}`,
  },
}

/** A fault in words; one that is not known here by its name. */
export function faultText(fault: string): FaultText {
  return (
    FAULT_TEXTS[fault] ?? {
      what: `the board has a fault that this program does not know, ${fault}`,
      toDo: "Does the firmware have this program's version? Look at the cell, then 'resume' or 'stop'.",
    }
  )
}

/** Why a test is paused, and what makes it go on. */
const PAUSE_TEXTS: Readonly<Record<string, FaultText>> = {
  Host: { what: "paused by 'pause'", toDo: "'resume' goes on." },
  Restart: {
    what: "the board restarted, and the protocol wants a person to look",
    toDo: "Look at the cell, then 'resume' or 'stop'.",
  },
  FullLog: {
    what: "the board's log is full",
    toDo: "'watch' makes room and goes on; or 'download', then 'resume'.",
  },
}

export function pauseText(pause: string): FaultText {
  return PAUSE_TEXTS[pause] ?? { what: `paused: ${pause}`, toDo: "'resume' goes on." }
}

/** Why tests end, by the names of the service's enum End. */
const END_TEXTS: Readonly<Record<string, string>> = {
  Program: "its protocol is done",
  Host: "it was stopped",
  Restart: "the board restarted, and the protocol then stops",
  EfficiencyLow: "Coulombic efficiency too low",
  EfficiencyHigh: "Coulombic efficiency too high: a soft short",
  Retention: "capacity retention too low",
  Overpotential: "overpotential grown too far",
  PlateauDrop: "the plateau dropped: a soft short",
  RestVoltage: "no voltage at rest: a soft short",
}

export function endText(end: string): string {
  return END_TEXTS[end] ?? end
}
