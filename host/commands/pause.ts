import type { Command } from "commander"
import { runs } from "../follow/changes"
import { addNoted } from "./common/noted"
import { addChannels, addJson, addWhere } from "./common/options"
import { giveOrder, type OrderOptions } from "./common/order"

export function addPause(program: Command): void {
  const command = program
    .command("pause")
    .description("let cells go for a while: opens the relay and keeps where each test stands")
  addJson(addNoted(addWhere(addChannels(command))))
    .addHelpText(
      "after",
      "\nExample:\n  coincell pause --channel 0,2\n  coincell resume --channel 0,2",
    )
    .action((options: OrderOptions) =>
      giveOrder(options, {
        name: "pause",
        concerns: runs,
        give: ({ board }, channel) => board.pause(channel),
        tell: ({ cycle, voltage_V }) =>
          `paused in cycle ${cycle} at ${voltage_V.toFixed(4)} V; its relay is open. 'resume' goes on.`,
      }),
    )
}
