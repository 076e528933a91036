import type { Table } from "./catalogue"

/** What there is to know of a row, and as which SQL type; `lab` stands before all of it. */
export const COLUMNS: Readonly<Record<Table, Readonly<Record<string, string>>>> = {
  boards: {
    board: "text",
    name: "text",
    host: "text",
    firmware: "text",
    is_simulated: "boolean",
    channels: "integer",
    /** Of the channel that was calibrated first, and when that is to be done again. */
    calibrated: "timestamptz",
    calibration_due: "timestamptz",
    calibration_standard: "text",
  },
  tests: {
    test: "text",
    host: "text",
    board: "text",
    channel: "integer",
    cell: "text",
    operator: "text",
    project: "text",
    protocol: "text",
    began: "timestamptz",
    /** As of the last page that was stored: waiting, running, paused, fault, finished or stopped. */
    state: "text",
    reason: "text",
    cycle: "integer",
    time_s: "double precision",
  },
  cells: {
    cell: "text",
    type: "text",
    operator: "text",
    institution: "text",
    project: "text",
    area_cm2: "double precision",
    capacity_mAh: "double precision",
    working_electrode: "text",
    counter_electrode: "text",
    electrolyte: "text",
    assembled: "date",
    comment: "text",
  },
  actions: {
    id: "text",
    time: "timestamptz",
    action: "text",
    board: "text",
    board_name: "text",
    channel: "integer",
    test: "text",
    cell: "text",
    /** Who, as far as it is known: null for a visitor of the page who gave no name. */
    by: "text",
    /** How that is known: stated by the person, or the account of the operating system. */
    by_source: "text",
    /** By which way it came, cli, page or agent, and at which computer. */
    via: "text",
    host: "text",
    why: "text",
    /** False: it was refused, or nobody has seen that it was done; the message tells. */
    is_done: "boolean",
    message: "text",
  },
}
