/** Shows after a moment only: most answers are quicker than a word can be read. */
export function Loading({ what = "Loading" }: { what?: string }) {
  return (
    <p class="loading" role="status">
      {what}…
    </p>
  )
}
