import type { Command } from "commander"
import { addNoted } from "./common/noted"
import { addChannels, addJson, addWhere } from "./common/options"
import { giveOrder, type OrderOptions } from "./common/order"

export function addResume(program: Command): void {
  const command = program
    .command("resume")
    .description("go on with tests that are paused, that wait for you, or that a fault stopped")
  addJson(addNoted(addWhere(addChannels(command))))
    .addHelpText(
      "after",
      "\nLook at the cell first: 'status' says why a test stands still." +
        "\n\nExample:\n  coincell resume --channel 0",
    )
    .action((options: OrderOptions) =>
      giveOrder(options, {
        name: "resume",
        concerns: ({ state }) => state === "Paused" || state === "Fault",
        give: ({ board }, channel) => board.resume(channel),
        tell: ({ cycle }) =>
          `goes on in cycle ${cycle}: first it finds its zero, which takes some seconds.`,
      }),
    )
}
