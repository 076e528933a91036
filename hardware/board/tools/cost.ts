/** What a tester costs, as a page. */
import { beside, boards_USD } from "../catalogue"
import { type BomLine, CARDS, cost_USD } from "./bom"

/** Of a kind in one tester: what costs more has a row of its own. */
const OWN_ROW_USD = 0.6

interface Row {
  what: string
  quantity: number
  each_USD: number
  price: string
}

export function costPage(lines: BomLine[]): string {
  const rows: Row[] = [
    ...lines.map(({ part, quantity, offer }) => ({
      what: `${part}: ${offer.what}`,
      quantity,
      each_USD: offer.price_USD,
      price: offer.read ?? "remembered",
    })),
    ...beside.map(({ part, what, quantity, price_USD }) => ({
      what: `${part}: ${what}`,
      quantity,
      each_USD: price_USD,
      price: "remembered",
    })),
  ].sort((a, b) => b.quantity * b.each_USD - a.quantity * a.each_USD)
  const own = rows.filter(({ quantity, each_USD }) => quantity * each_USD >= OWN_ROW_USD)
  const rest = rows.slice(own.length)
  const sum = (some: Row[]) => some.reduce((to, row) => to + row.quantity * row.each_USD, 0)
  const total = cost_USD(lines)
  const cards = cardsOf(lines)
  const converters = rows.find(({ what }) => what.startsWith("ADS122C04")) as Row
  const headroom = converters.each_USD + (60 - total) / converters.quantity
  return `# What it costs

**US$${total.toFixed(2)} in parts for four channels**, US$${(total / CARDS).toFixed(2)} a channel: one base with a Raspberry Pi Pico
US$${(total - cards).toFixed(2)}, four cards US$${(cards / CARDS).toFixed(2)} each. Written by \`npm run export\` from [\`bom.csv\`](bom.csv).

- Date: 21 November 2026. Quantity: parts for ten testers at once, so ten and more of a base's part and forty and
  more of a card's. Without tax, shipping, solder, coin-cell holders and box.
- Few prices could be looked up, and those in others' parts lists, not in a shop. "Remembered" is LCSC's list of
  2024–25 from memory, of the cheapest of part and second sources. Look each up before ordering; at DigiKey or Mouser
  the same list has cost about a third more (remembered).
- The four converters are ${Math.round((100 * converters.quantity * converters.each_USD) / total)} % of it. Above US$${headroom.toFixed(2)} each, with all else as here, the whole passes US$60.
- Not parts: bare boards, about US$${boards_USD.base.toFixed(2)} for a base and US$${boards_USD.card.toFixed(2)} for a card when ten and forty are made at once
  (remembered), so US$${(boards_USD.base + CARDS * boards_USD.card).toFixed(2)} a tester.

| part | a tester | US$ each | US$ | price |
| --- | ---: | ---: | ---: | --- |
${own.map(({ what, quantity, each_USD, price }) => `| ${what} | ${quantity} | ${each_USD.toFixed(2)} | ${(quantity * each_USD).toFixed(2)} | ${price} |`).join("\n")}
| ${rest.length} other kinds | ${rest.reduce((to, { quantity }) => to + quantity, 0)} | | ${sum(rest).toFixed(2)} | see \`bom.csv\` |
| **together** | | | **${total.toFixed(2)}** | |
`
}

/** What the cards' parts cost, in one tester. */
function cardsOf(lines: BomLine[]): number {
  return lines.reduce((sum, { references, offer }) => {
    const onCard = references.filter((reference) => reference.startsWith("card ")).length
    return sum + onCard * CARDS * offer.price_USD
  }, 0)
}
