import { Loading } from "../parts/Loading"
import { Problem } from "../parts/Problem"

/** Where a chart will be, or why it is not. */
export function Waiting({ what, error }: { what: string; error: unknown }) {
  return (
    <div class="chart">
      {error === undefined ? <Loading what={what} /> : <Problem error={error} />}
    </div>
  )
}
