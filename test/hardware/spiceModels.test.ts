// The op amp's macromodel against TI's figures, and one loop against arithmetic.
import { beforeAll, expect, it } from "vitest"
import { channel } from "../../hardware/components"
import { LOADS } from "../../hardware/spice/cells"
import { TYPICAL } from "../../hardware/spice/corner"
import { loopGainOf, marginsOf } from "../../hardware/spice/margins"
import { Ngspice } from "../../hardware/spice/ngspice"
import { opAmpModel } from "../../hardware/spice/opAmp"
import { loopMargins } from "../../hardware/spice/stability"
import { crossingTime_s } from "../../hardware/spice/waveform"

let spice: Ngspice
beforeAll(async () => {
  spice = await Ngspice.start()
})

const SUPPLIES = `${opAmpModel("amp")}\nvp vp 0 8\nvn vn 0 -8`

it("TLV9154: 4.5 MHz, and 60° at unity gain with 20 pF", async () => {
  const waves = await spice.run(`follower
${SUPPLIES}
xamp in inner vp vn out amp
vin in 0 0
vprobe out inner dc 0 ac 1
cload out 0 20p
rload out 0 10k
.ac dec 50 10 50meg`)
  const gain = loopGainOf(waves.complex("v(out)"), waves.complex("v(inner)"))
  const at100kHz = waves.x.findIndex((f) => f >= 99.9e3)
  const gainAt100kHz = Math.hypot(gain[at100kHz].re, gain[at100kHz].im)
  expect(gainAt100kHz / 45).toBeGreaterThan(0.9)
  expect(gainAt100kHz / 45).toBeLessThan(1.05)
  expect(Math.hypot(gain[0].re, gain[0].im)).toBeGreaterThan(2e5)
  const { phase_deg } = marginsOf(waves.x, gain)
  expect(phase_deg).toBeGreaterThan(57)
  expect(phase_deg).toBeLessThan(65)
})

it("TLV9154: swings to 0.2 V of a rail into 2 kΩ, to 50 mV into 10 kΩ", async () => {
  for (const [load_ohm, headroom_V] of [
    [2e3, 0.2],
    [10e3, 0.045],
  ]) {
    const waves = await spice.run(`swing into ${load_ohm}
${SUPPLIES}
vin in 0 9
xhigh in 0 vp vn high amp
rhigh high 0 ${load_ohm}
xlow 0 in vp vn low amp
rlow low 0 ${load_ohm}
.op`)
    expect(8 - waves.real("v(high)")[0]).toBeCloseTo(headroom_V, 1)
    expect(waves.real("v(low)")[0] + 8).toBeCloseTo(headroom_V, 1)
  }
})

it("TLV9154: 20 V/µs", async () => {
  const waves = await spice.run(`slew
${SUPPLIES}
vin in 0 pulse(-4 4 1u 0.1u 0.1u 10u 20u)
xamp in out vp vn out amp
rload out 0 10k
.save v(out)
.tran 5n 3u`)
  const out_V = waves.real("v(out)")
  const rise_s = crossingTime_s(waves.x, out_V, 2) - crossingTime_s(waves.x, out_V, -2)
  expect((4 / rise_s) * 1e-6).toBeGreaterThan(17)
  expect((4 / rise_s) * 1e-6).toBeLessThan(21)
})

it("the loop crosses where its integrator and the divider into the shunt say", async () => {
  const short = LOADS.filter((load) => load.name === "0.1 Ω")
  const cable = { inductance_H: 0.5e-6, capacitance_F: 200e-12, place: "holder" } as const
  const [point] = await loopMargins(spice, TYPICAL, "shunt", 0.05, short, [cable])
  const followerResistance_ohm = 0.026 / 0.05 + channel.base_ohm.value / TYPICAL.beta + 0.07
  const output_ohm =
    1 / (1 / (channel.emitter_ohm.value + followerResistance_ohm) + 1 / channel.bypass_ohm.value)
  const shunt_ohm = channel.shunt_ohm.value
  const share = shunt_ohm / (shunt_ohm + 0.1 + TYPICAL.fuse_ohm + output_ohm)
  const integrator_s = channel.errorInput_ohm.value * channel.errorFeedback_F.value
  expect(point.crossover_Hz / (share / (2 * Math.PI * integrator_s))).toBeCloseTo(1, 1.5)
})

it("a deck that ngspice does not understand is told, and the next one runs", async () => {
  await expect(spice.run("broken\nxnone a b nothing\n.op")).rejects.toThrow(/ngspice/)
  const waves = await spice.run("sound\nv1 a 0 3\nr1 a b 1k\nr2 b 0 2k\n.op")
  expect(waves.real("v(b)")[0]).toBeCloseTo(2, 9)
})
