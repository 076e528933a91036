import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { CELLPY_COLUMNS } from "../../host/formats/cellpyColumns"
import { CsvFile } from "../../host/formats/csvFile"
import { NEWARE_COLUMNS } from "../../host/formats/newareColumns"
import { PLAIN_COLUMNS } from "../../host/formats/plainColumns"
import type { Column } from "../../host/formats/tableFile"
import type { SampleStepType } from "../../host/sample"
import { aStep, batchesOf, type Step, write } from "./batches"

const folder = mkdtempSync(join(tmpdir(), "coincell-csv-"))
afterAll(() => rmSync(folder, { recursive: true }))

async function linesOf(columns: readonly Column[], steps: readonly Step[]): Promise<string[]> {
  const path = join(folder, "test.csv")
  await write(CsvFile, columns, batchesOf(steps), path)
  return readFileSync(path, "utf8").trimEnd().split("\n")
}

/** An hour of charging at 1 mA and 0.5 V, then half an hour of discharging, in the next pass of the program. */
const twoSteps: Step[] = [
  { ...aStep, voltage_V: 0.5, times_s: [0.1, 3600] },
  { ...aStep, cycle: 2, current_A: -1e-3, voltage_V: 0.5, times_s: [1800] },
]

it("writes plain columns, each with its SI unit", async () => {
  expect(await linesOf(PLAIN_COLUMNS, twoSteps)).toEqual([
    "record_index,time_s,unix_time_s,cycle,step_count,step_index,step_type,step_time_s,voltage_V,current_A," +
      "temperature_degC,step_charge_Ah,step_energy_Wh,cycle_charging_capacity_Ah," +
      "cycle_discharging_capacity_Ah,is_uncalibrated",
    "1,0.1,1764547200.1,1,1,0,constant_current,0.1,0.5,0.001,24.5,0.000000028,0.000000014,0.000000028,0,false",
    "2,3600,1764550800,1,1,0,constant_current,3600,0.5,0.001,24.5,0.001,0.0005,0.001,0,false",
    "3,5400,1764552600,2,2,1,constant_current,1800,0.5,-0.001,24.5,-0.0005,-0.00025,0,0.0005,false",
  ])
})

it("writes what Neware's BTSDA writes", async () => {
  expect(await linesOf(NEWARE_COLUMNS, twoSteps)).toEqual([
    "DataPoint,Cycle Index,Step Index,Step Type,Time,Total Time,Current(A),Voltage(V),Capacity(Ah),Chg. Cap.(Ah)," +
      "DChg. Cap.(Ah),Energy(Wh),Chg. Energy(Wh),DChg. Energy(Wh),Date,Power(W),T1(℃)",
    "1,1,1,CC Chg,00:00:00.100,00:00:00.100,0.001,0.5,0.000000028,0.000000028,0,0.000000014,0.000000014,0," +
      "2025-12-01 00:00:00.100,0.0005,24.5",
    "2,1,1,CC Chg,01:00:00.000,01:00:00.000,0.001,0.5,0.001,0.001,0,0.0005,0.0005,0," +
      "2025-12-01 01:00:00.000,0.0005,24.5",
    "3,2,2,CC DChg,00:30:00.000,01:30:00.000,-0.001,0.5,0.0005,0,0.0005,0.00025,0,0.00025," +
      "2025-12-01 01:30:00.000,-0.0005,24.5",
  ])
})

it("names steps as Neware does", async () => {
  const nameOf = async (stepType: SampleStepType, current_A: number) =>
    (await linesOf(NEWARE_COLUMNS, [{ ...aStep, stepType, current_A }]))[1].split(",")[3]
  expect(await nameOf("rest", 0)).toBe("Rest")
  expect(await nameOf("cccv", 1e-3)).toBe("CCCV Chg")
  expect(await nameOf("constant_voltage", -1e-3)).toBe("CV DChg")
  expect(await nameOf("pulse", -1e-3)).toBe("CC DChg")
  expect(await nameOf("scan", 1e-3)).toBe("")
  expect(await nameOf("constant_current", 0)).toBe("")
})

it("writes cellpy's columns, capacities from the beginning of the cycle", async () => {
  expect(await linesOf(CELLPY_COLUMNS, twoSteps)).toEqual([
    "data_point,date_time,test_time,step_time,step_index,cycle_index,current,voltage,power,charge_capacity," +
      "discharge_capacity,charge_energy,discharge_energy",
    "1,2025-12-01 00:00:00.100,0.1,0.1,1,1,0.001,0.5,0.0005,0.000000028,0,0.000000014,0",
    "2,2025-12-01 01:00:00.000,3600,3600,1,1,0.001,0.5,0.0005,0.001,0,0.0005,0",
    "3,2025-12-01 01:30:00.000,5400,1800,2,2,-0.001,0.5,-0.0005,0,0.0005,0,0.00025",
  ])
})

it("writes heads alone for a test without records, and a file longer than what it writes at once", async () => {
  expect(await linesOf(PLAIN_COLUMNS, [])).toHaveLength(1)
  const times_s = Array.from({ length: 40_000 }, (_, i) => (i + 1) / 10)
  const lines = await linesOf(PLAIN_COLUMNS, [{ ...aStep, times_s }])
  expect(lines).toHaveLength(40_001)
  const isWhole = (line: string, i: number) =>
    line.startsWith(`${i + 1},${times_s[i]},`) && line.endsWith(",0,false")
  expect(lines.slice(1).every(isWhole)).toBe(true)
})
