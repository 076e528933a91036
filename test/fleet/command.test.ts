import { Command } from "commander"
import { expect, test } from "vitest"
import {
  addFleet,
  checkFleet,
  type FleetCliOptions,
  fleetOptions,
} from "../../host/commands/common/fleet"

const parsed = (...words: string[]) => {
  const command = addFleet(new Command().exitOverride()).configureOutput({ writeErr: () => {} })
  return command.parse(words, { from: "user" }).opts<FleetCliOptions>()
}

test.each([
  ["no broker", { fleet: true }, /--fleet takes the --broker/],
  ["a port", { fleet: true, broker: "mqtt://b", port: ["tcp:a:1"] }, /leave --port/],
  ["a board", { fleet: true, broker: "mqtt://b", board: "AB12" }, /leave --port/],
  ["a broker, but not --fleet", { broker: "mqtt://b" }, /are for --fleet/],
  ["a dataset, but not --fleet", { lake: "lake" }, /are for --fleet/],
] as const)("%s is refused with what to do", (_, options, says) => {
  expect(() =>
    checkFleet({ ...options, port: [...("port" in options ? options.port : [])] }),
  ).toThrow(says)
})

test("plain serve needs none of it", () => {
  expect(() => checkFleet(parsed())).not.toThrow()
})

test("an address that is none is refused; a dataset and a catalogue are opened where they are", () => {
  expect(() => parsed("--broker", "broker.local")).toThrow(/mqtt:\/\/HOST/)
  expect(() =>
    fleetOptions({ ...parsed("--broker", "mqtt://b", "--lake", "ftp://a"), data: "d" }),
  ).toThrow(/cannot be at ftp/)
  expect(() =>
    fleetOptions({ ...parsed("--broker", "mqtts://b", "--broker-ca", "none.pem"), data: "d" }),
  ).toThrow(/none.pem cannot be read/)
  const options = fleetOptions({ ...parsed("--broker", "mqtt://b", "--lake", "/lake"), data: "d" })
  expect(options).toMatchObject({ broker: { url: "mqtt://b" }, bucket: { name: "/lake" } })
  expect(options.catalogue).toBeUndefined()
})
