import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { href, parseRoute, type Route } from "../../host/web/page/router"
import { STANDINGS } from "../../host/web/page/standing"

const SEED = 61

const name = fc.string({ minLength: 1, maxLength: 20, unit: "binary" })
const channel = fc.integer({ min: 0, max: 255 })
const testId = fc.stringMatching(/^[A-Z0-9]{4}-\d{1,2}-\d{1,5}(\.\d)?$/)

const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.constant<Route>({ view: "glance" }),
  fc.constantFrom(...STANDINGS).map((only): Route => ({ view: "glance", only })),
  fc.constant<Route>({ view: "tests" }),
  fc.constant<Route>({ view: "start" }),
  fc.record({ view: fc.constant("channel" as const), board: name, channel }),
  fc.record({ view: fc.constant("start" as const), board: name, channel }),
  fc.record({ view: fc.constant("test" as const), id: name }),
  fc.array(testId, { minLength: 1, maxLength: 6 }).map((ids): Route => ({ view: "compare", ids })),
)

describe("the page's routes", () => {
  test(`each is found again from its address, seed ${SEED}`, () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(parseRoute(href(route))).toEqual(route)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  test(`no hash breaks it, seed ${SEED}`, () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (hash) => {
        expect(parseRoute(`#${hash}`).view).toBeTypeOf("string")
      }),
      { seed: SEED },
    )
  })

  test.each<[string, Route]>([
    ["", { view: "glance" }],
    ["#/", { view: "glance" }],
    ["#/only/fault", { view: "glance", only: "fault" }],
    ["#/channel/00112233aabbccdd/3", { view: "channel", board: "00112233aabbccdd", channel: 3 }],
    ["#/tests/", { view: "tests" }],
    ["#/tests/KX42-0-7.2", { view: "test", id: "KX42-0-7.2" }],
    ["#/compare/KX42-0-7,KX42-1-8", { view: "compare", ids: ["KX42-0-7", "KX42-1-8"] }],
  ])("%s", (hash, route) => expect(parseRoute(hash)).toEqual(route))

  test.each([
    "#/nonsense",
    "#/only/busy",
    "#/channel/00112233aabbccdd",
    "#/channel/00112233aabbccdd/-1",
    "#/channel/00112233aabbccdd/1/2",
    "#/start/00112233aabbccdd",
    "#/tests/%E0%A4%A",
  ])("%s leads nowhere", (hash) => expect(parseRoute(hash)).toEqual({ view: "unknown" }))
})
