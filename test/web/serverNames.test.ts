import fc from "fast-check"
import { expect, test } from "vitest"
import { linkLines } from "../../host/web/server/links"
import { isEverywhere, isLoopback, nameOf, servedNames } from "../../host/web/server/names"

const SEED = 610

test.each([
  ["localhost:2033", "localhost"],
  ["Lab.Example.ORG", "lab.example.org"],
  ["127.0.0.1:80", "127.0.0.1"],
  ["[::1]:2033", "[::1]"],
  ["[fd00::12]", "[fd00::12]"],
  [undefined, undefined],
  ["", undefined],
  ["::1", undefined],
  ["host:port", undefined],
  ["user@localhost", undefined],
  ["localhost:2033:2033", undefined],
])("the name in %s is %s", (host, name) => {
  expect(nameOf(host)).toBe(name)
})

test(`no name but ours is served, seed ${SEED}`, () => {
  const names = servedNames("127.0.0.1", ["lab.example.org"])
  const ours = ["127.0.0.1", "localhost", "[::1]", "lab.example.org"]
  fc.assert(
    fc.property(fc.domain(), fc.nat(65_535), (domain, port) => {
      for (const host of [domain, `localhost.${domain}`, `lab.example.org.${domain}`])
        expect(names.has(nameOf(`${host}:${port}`) ?? "")).toBe(false)
      for (const host of ours) expect(names.has(nameOf(`${host}:${port}`) ?? "")).toBe(true)
    }),
    { seed: SEED },
  )
})

test("only this computer reaches a loopback address", () => {
  expect(["127.0.0.1", "127.1.2.3", "::1", "localhost"].every(isLoopback)).toBe(true)
  expect(["0.0.0.0", "192.168.1.2", "1127.0.0.1", "::", "lab"].some(isLoopback)).toBe(false)
  expect(["0.0.0.0", "::"].every(isEverywhere)).toBe(true)
})

test("all of this computer's addresses are served where it listens at all", () => {
  expect(servedNames("0.0.0.0", []).size).toBeGreaterThan(servedNames("127.0.0.1", []).size)
  expect(servedNames("fd00::12", []).has("[fd00::12]")).toBe(true)
})

const reach = { port: 2033, names: [], token: "T", addresses: ["192.168.1.5", "fd00::12"] }

test("the link, who can open it, and how others are let in", () => {
  expect(linkLines({ ...reach, host: "127.0.0.1" })).toEqual([
    "Open http://127.0.0.1:2033/?token=T",
    "Only this computer can; '--host 0.0.0.0' lets a phone or another computer in.",
  ])
})

test("a link for each address, and that nothing is encrypted", () => {
  const [here, phone, six, warning] = linkLines({ ...reach, host: "0.0.0.0" })
  expect(here).toBe("Open http://127.0.0.1:2033/?token=T")
  expect(phone).toBe("or   http://192.168.1.5:2033/?token=T   on a phone or another computer")
  expect(six).toContain("http://[fd00::12]:2033/?token=T")
  expect(warning).toContain("unencrypted")
  const one = linkLines({ ...reach, host: "192.168.1.5" })
  expect(one).toHaveLength(2)
  expect(one[0]).toBe("Open http://192.168.1.5:2033/?token=T")
})

test("behind a proxy its name is told", () => {
  const lines = linkLines({ ...reach, host: "127.0.0.1", names: ["lab.example.org"] })
  expect(lines[1]).toBe("or   https://lab.example.org/?token=T   through its proxy")
  expect(lines.join()).not.toContain("Only this computer")
})
