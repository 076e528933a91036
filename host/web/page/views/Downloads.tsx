import type { ExportFormat } from "../../api"
import { useAnswer } from "../answer"
import { Problem } from "../parts/Problem"

/** Report and exports of a test, as files. */
export function Downloads({ id }: { id: string }) {
  const { value: formats, error, again } = useAnswer<ExportFormat[]>("/api/formats")
  const path = `/api/tests/${encodeURIComponent(id)}`
  return (
    <>
      <p class="buttons">
        <a class="button" href={`${path}/report`} target="_blank" rel="noopener">
          Report to keep or print
        </a>
        <a class="button" href={`${path}/plot.svg`} download={`${id}.svg`}>
          Figure, SVG
        </a>
      </p>
      {error !== undefined && <Problem error={error} onAgain={again} />}
      {formats && (
        <ul class="formats">
          {formats.map(({ format, text }) => (
            <li key={format}>
              <a href={`${path}/export?format=${encodeURIComponent(format)}`} download>
                {text}
              </a>
            </li>
          ))}
        </ul>
      )}
      <p class="quiet-text">
        Each is a zip archive with the records and what is known of the test besides. A long test
        takes a while.
      </p>
    </>
  )
}
