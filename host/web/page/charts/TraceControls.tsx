const LASTS = [
  { text: "Last 24 h", span_s: 86_400 },
  { text: "Last hour", span_s: 3600 },
]

/** Of a test that runs: shows its end as it grows. */
export interface LastSpan {
  /** What is shown, if that is an end. */
  span_s: number | undefined
  onSpan: (span_s: number) => void
}

/** What can be seen of a trace at one press. */
export function TraceControls(props: {
  /** Of the whole test. */
  end_s: number
  last: LastSpan | undefined
  hasPlateaus: boolean
  isFitted: boolean
  onFit: (isFitted: boolean) => void
}) {
  const { end_s, last, hasPlateaus, isFitted, onFit } = props
  return (
    <>
      {last &&
        LASTS.filter(({ span_s }) => span_s < end_s).map(({ text, span_s }) => (
          <button
            key={text}
            type="button"
            class="small"
            aria-pressed={last.span_s === span_s}
            onClick={() => last.onSpan(span_s)}
          >
            {text}
          </button>
        ))}
      {hasPlateaus && (
        <button
          type="button"
          class="small"
          aria-pressed={isFitted}
          title="Short spikes may leave the scale"
          onClick={() => onFit(!isFitted)}
        >
          Fit voltage to plateaus
        </button>
      )}
    </>
  )
}
