import { useMemo } from "preact/hooks"
import type { LiveChannel } from "../../api"
import { TracePicture, useTrace } from "./TracePicture"
import { traceLines } from "./traceLines"
import { useTail } from "./useTail"
import { Waiting } from "./Waiting"

/** Voltage and current of a test over its test time; one that runs grows at the right. */
export function TracePlot(props: { id: string; name: string; turn: number; live?: LiveChannel }) {
  const { id, name, turn, live } = props
  const tail = useTail(live)
  const asked = useTrace(id, turn, live !== undefined)
  const { trace, palette, error } = asked
  const lines = useMemo(() => trace && traceLines(trace, tail, palette), [trace, tail, palette])
  if (trace === undefined || lines === undefined)
    return <Waiting what="Reading records" error={error} />
  return (
    <TracePicture
      {...{ name, asked, trace, lines }}
      whole={{ from: 0, to: Math.max(lines.end_s, 1) }}
      nothing={
        live !== undefined
          ? "Nothing to draw yet: the first readings are on their way."
          : "Nothing of this test is stored. When its board is plugged in, what the board has kept is fetched."
      }
    />
  )
}
