/** The boards as exported: parts by reference, and what a net joins. */
import base from "../../hardware/exports/base/netlist.json" with { type: "json" }
import card from "../../hardware/exports/card/netlist.json" with { type: "json" }

export interface Part {
  reference: string
  part: string
  value?: number
  pins: Record<string, string>
  numbers: Record<string, number>
  isPlaced: boolean
}

export class Netlist {
  constructor(readonly parts: Part[]) {}

  part(reference: string): Part {
    const part = this.parts.find((one) => one.reference === reference)
    if (part === undefined) throw new Error(`No ${reference} in the netlist`)
    return part
  }

  /** The one chip that a part number names. */
  only(part: string): Part {
    const found = this.parts.filter((one) => one.part === part)
    if (found.length !== 1) throw new Error(`${found.length} of ${part} in the netlist`)
    return found[0]
  }

  /** The only two-pin part of value between two nets. */
  between(a: string, b: string): number {
    const found = this.parts.filter(({ value, pins }) => {
      const nets = Object.values(pins)
      return value !== undefined && nets.includes(a) && nets.includes(b)
    })
    if (found.length !== 1) throw new Error(`${found.length} parts between ${a} and ${b}`)
    return found[0].value as number
  }

  /** `U1 VDD`, sorted. */
  on(net: string): string[] {
    return this.parts
      .flatMap(({ reference, pins }) =>
        Object.entries(pins)
          .filter(([, joined]) => joined === net)
          .map(([pin]) => `${reference} ${pin}`),
      )
      .sort()
  }
}

export const baseNetlist = new Netlist(base as unknown as Part[])
export const cardNetlist = new Netlist(card as unknown as Part[])
