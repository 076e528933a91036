/** How far something is, beside words that say the same. */
export function Bar({ share }: { share: number | undefined }) {
  return (
    <span class="bar" aria-hidden="true">
      {share !== undefined && <span style={{ transform: `scaleX(${share.toFixed(4)})` }} />}
    </span>
  )
}
