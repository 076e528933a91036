import type { Command } from "commander"
import { hasTest } from "../follow/changes"
import type { Session } from "../session"
import { stateText } from "../report/statusTable"
import { canAsk, confirm } from "./common/ask"
import { addNoted } from "./common/noted"
import { addChannels, addJson, addWhere } from "./common/options"
import { giveOrder, type OrderOptions } from "./common/order"

export function addStop(program: Command): void {
  const command = program
    .command("stop")
    .description("end tests for good: opens the relay; also confirms a fault")
    .option("-y, --yes", "do not ask")
  addJson(addNoted(addWhere(addChannels(command))))
    .addHelpText(
      "after",
      "\nWhat was measured stays in the board's log. To go on later, 'pause' instead." +
        "\n\nExample:\n  coincell stop --channel 1 --why 'shorted since cycle 12'",
    )
    .action((options: OrderOptions & { yes?: true }) =>
      giveOrder(options, {
        name: "stop",
        concerns: hasTest,
        isMeant: async (session, channels) =>
          options.yes === true || !canAsk() || (await confirm(await question(session, channels))),
        give: ({ board }, channel) => board.stop(channel),
        tell: ({ cycle }) => `its test is over, in cycle ${cycle}; its relay is open.`,
      }),
    )
}

async function question({ board }: Session, channels: number[]): Promise<string> {
  const tests: string[] = []
  for (const channel of channels) {
    const status = await board.status(channel)
    tests.push(
      `${board.name}-${channel}-${status.test} (${stateText(status)}, cycle ${status.cycle})`,
    )
  }
  return `End ${tests.join(", ")} for good?`
}
