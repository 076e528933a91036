import { describe, expect, test } from "vitest"
import { checkCalendar, checkComputer, checkFirmware, checkNode } from "../../host/doctor/computer"
import { checkData, checkPages, checkSpace } from "../../host/doctor/data"
import { checkPort, checkPorts, type PortFacts } from "../../host/doctor/ports"
import { findingsText } from "../../host/doctor/text"

describe("the PC", () => {
  const sound = {
    platform: "linux",
    nodeVersion: "20.20.1",
    nodeNeeded: "20.15",
    unixTime_s: Date.UTC(2026, 10, 21) / 1000,
    builtFirmware: ["sim", "pico"],
    hasSocat: true,
  }

  test("a sound one has nothing to mend", () => {
    const findings = checkComputer(sound)
    expect(findings.map((one) => one.level)).toEqual(["ok", "ok", "ok", "ok"])
    expect(findings.every((one) => one.fix === undefined)).toBe(true)
  })

  test.each([
    ["20.15.0", "ok"],
    ["20.15", "ok"],
    ["22.1.0", "ok"],
    ["20.9.0", "problem"],
    ["18.20.0", "problem"],
  ])("Node %s where 20.15 is needed: %s", (version, level) => {
    expect(checkNode(version, "20.15").level).toBe(level)
  })

  test("a clock that was never set", () => {
    expect(checkCalendar(0)).toMatchObject({
      level: "problem",
      fix: expect.stringContaining("ntp"),
    })
  })

  test("firmware that is not built", () => {
    expect(checkFirmware(["pico"]).fix).toBe("run 'npm run build'")
  })

  test("socat matters only on Linux", () => {
    const without = { ...sound, hasSocat: false }
    expect(checkComputer(without).find((one) => one.level !== "ok")?.fix).toBe("apt install socat")
    expect(checkComputer({ ...without, platform: "win32" })).toHaveLength(3)
  })
})

describe("serial ports", () => {
  const port: PortFacts = {
    path: "/dev/ttyACM0",
    isUsb: true,
    mayBeBoard: true,
    isPermitted: true,
    group: "dialout",
    holders: [],
    hasBoard: false,
    failure: undefined,
  }

  test.each<[string, Partial<PortFacts>, string, RegExp | undefined]>([
    ["with a board", { hasBoard: true }, "ok", undefined],
    ["of another vendor", { mayBeBoard: false }, "ok", undefined],
    ["that is not permitted", { isPermitted: false }, "problem", /-aG dialout \$USER.*log out/],
    ["of another group", { isPermitted: false, group: "uucp" }, "problem", /-aG uucp/],
    ["of no group", { isPermitted: false, group: undefined }, "problem", /-aG dialout/],
    ["that is held", { holders: [{ pid: 7, name: "screen" }] }, "warning", /close that program/],
    ["that is silent", {}, "warning", /reset button/],
    ["that failed", { failure: "it broke. Flash it: 'x'." }, "problem", /^Flash it: 'x'\.$/],
  ])("one %s", (_, changes, level, fix) => {
    const finding = checkPort({ ...port, ...changes })
    expect(finding.level).toBe(level)
    if (fix === undefined) expect(finding.fix).toBeUndefined()
    else expect(finding.fix).toMatch(fix)
  })

  test("who holds a port is named", () => {
    expect(checkPort({ ...port, holders: [{ pid: 7, name: "screen" }] }).what).toContain("screen")
  })

  test("a mainboard's port is nobody's business, and then there is none", () => {
    const mainboard = { ...port, path: "/dev/ttyS0", isUsb: false, mayBeBoard: false }
    expect(checkPorts([mainboard])).toMatchObject([{ about: "serial ports", level: "warning" }])
    expect(checkPorts([mainboard, port])).toHaveLength(1)
  })
})

describe("the data folder", () => {
  const facts = {
    folder: "coincell-data",
    exists: true,
    isWritable: true,
    free_bytes: 50e9,
    boards: [{ name: "KX42", pages: 12, faults: [] as string[] }],
  }

  test("a sound one, and one that is still to come", () => {
    for (const exists of [true, false])
      expect(checkData({ ...facts, exists }).every((one) => one.level === "ok")).toBe(true)
  })

  test("one that cannot be written", () => {
    expect(checkData({ ...facts, isWritable: false })[0].fix).toContain("chown")
  })

  test.each([
    [2e9, "ok", "2 GB"],
    [500e6, "warning", "500 MB"],
    [50e6, "problem", "50 MB"],
  ])("%d bytes free", (free_bytes, level, what) => {
    const finding = checkSpace("data", free_bytes)
    expect(finding.level).toBe(level)
    expect(finding.what).toContain(what)
  })

  test("a system that does not tell of its disk", () => {
    expect(checkData({ ...facts, free_bytes: undefined })).toHaveLength(2)
  })

  test("spoilt pages are told one by one", () => {
    const finding = checkPages({
      name: "KX42",
      pages: 9,
      faults: ["page 3 is spoilt", "page 5 too"],
    })
    expect(finding).toMatchObject({ level: "problem", what: "page 3 is spoilt; page 5 too" })
    expect(finding.fix).toContain("coincell download")
  })
})

test("findings as a person reads them", () => {
  const text = findingsText([
    { about: "Node.js", level: "ok", what: "version 22" },
    { about: "disk space", level: "warning", what: "500 MB free", fix: "make room" },
  ])
  expect(`\n${text}`).toBe(`
ok       Node.js     version 22
warning  disk space  500 MB free
                     → make room

0 problems, 1 warning.`)
  expect(findingsText([])).toContain("All is well.")
})
