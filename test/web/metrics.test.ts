import { expect, test } from "vitest"
import { Metrics, type Measured } from "../../host/web/metrics/metrics"
import { runningChannel, TestLab } from "./testLab"

/** 65,536 pages of flash, of which a board keeps 32. */
const ROOM = 65_536 - 32

class MeasuredLab extends TestLab {
  range = { first: 0, next: 300, downloaded: 250, released: 0, policy: "Overwrite", isFull: false }
  problem = ""
  told = () => ({ range: this.range, problem: this.problem }) as ReturnType<Measured["told"]>
  store = { board: () => ({ next: 250 }) } as unknown as Measured["store"]
}

/** Values by series, as Prometheus reads them. */
async function scrape(lab: Measured, metrics = new Metrics(lab)): Promise<Map<string, number>> {
  const lines = (await metrics.text()).split("\n").filter((line) => /^coincell_/.test(line))
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ")
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

const CHANNEL = 'board_id="a",board="A",channel="0"'

test("a channel's state, voltage, current, cycle, times and fault", async () => {
  const lab = new MeasuredLab()
  const test = { number: 3, id: "A-0-3", cell: 'K-Li "1"' }
  const running = { test, voltage_V: 0.04, current_A: -0.0015, cycle: 7, testTime_s: 3600 }
  lab.publish("a", { channels: [runningChannel(0, { ...running, reading_unix_s: -8 })] })
  const values = await scrape(lab)
  expect(values.get(`coincell_channel_state{${CHANNEL},state="Running"}`)).toBe(1)
  expect(values.get(`coincell_channel_state{${CHANNEL},state="Fault"}`)).toBe(0)
  expect(values.get(`coincell_channel_voltage_volts{${CHANNEL}}`)).toBe(0.04)
  expect(values.get(`coincell_channel_current_amperes{${CHANNEL}}`)).toBe(-0.0015)
  expect(values.get(`coincell_channel_cycle{${CHANNEL}}`)).toBe(7)
  expect(values.get(`coincell_channel_test_time_seconds{${CHANNEL}}`)).toBe(3600)
  expect(values.get(`coincell_channel_reading_age_seconds{${CHANNEL}}`)).toBe(9)
  expect(
    values.get(`coincell_channel_test_info{${CHANNEL},test="A-0-3",cell="K-Li \\"1\\""}`),
  ).toBe(1)
})

test("what stands still has no voltage that would be old, and says what it waits for", async () => {
  const lab = new MeasuredLab()
  const metrics = new Metrics(lab)
  lab.publish("a", { channels: [runningChannel(0)] })
  await scrape(lab, metrics)
  const fault = { state: "Fault", fault: "OpenCell", waitsForPerson: true }
  lab.publish("a", { channels: [runningChannel(0, fault)] })
  const values = await scrape(lab, metrics)
  expect(values.has(`coincell_channel_voltage_volts{${CHANNEL}}`)).toBe(false)
  expect(values.get(`coincell_channel_fault{${CHANNEL},fault="OpenCell"}`)).toBe(1)
  expect(values.get(`coincell_channel_waits_for_person{${CHANNEL}}`)).toBe(1)
  lab.publish("a", { channels: [runningChannel(0)] })
  expect([...(await scrape(lab, metrics)).keys()].join()).not.toContain("OpenCell")
})

test("a board: whether it is there, its temperature, room in its log, what is stored", async () => {
  const lab = new MeasuredLab()
  lab.problem = "its flash does not answer"
  lab.problems = ["Board A cannot test: its flash does not answer."]
  lab.publish("a", {
    isThere: false,
    firmware: { version: "0.1.0", board: "pico" },
    channels: [runningChannel(0), runningChannel(1, { temperature_degC: 25.5 })],
  })
  const values = await scrape(lab)
  const board = 'board_id="a",board="A"'
  expect(values.get(`coincell_board_up{${board}}`)).toBe(0)
  expect(
    values.get(`coincell_board_info{${board},version="0.1.0",hardware="pico",simulated="false"}`),
  ).toBe(1)
  expect(values.get(`coincell_board_temperature_celsius{${board}}`)).toBe(25.5)
  expect(values.get(`coincell_board_log_free_pages{${board}}`)).toBe(ROOM - 50)
  expect(values.get(`coincell_board_log_waiting_pages{${board}}`)).toBe(50)
  expect(values.get(`coincell_stored_pages{${board}}`)).toBe(250)
  expect(values.get(`coincell_board_problem{${board}}`)).toBe(1)
  expect(values.get("coincell_problems")).toBe(1)
})

test("every number has a help text and a type, and the process has its own", async () => {
  const text = await new Metrics(new MeasuredLab()).text()
  const names = [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name)
  for (const name of names.filter((one) => one.startsWith("coincell_")))
    expect(text).toMatch(new RegExp(`^# HELP ${name} .{20,}\\.$`, "m"))
  expect(names.filter((name) => name.startsWith("coincell_"))).toHaveLength(17)
  expect(names).toContain("process_resident_memory_bytes")
})
