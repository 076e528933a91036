/** A coin cell from above, as in the icon of the window. */
export function Mark() {
  return (
    <svg class="mark-picture" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="14.5" class="can" />
      <circle cx="16" cy="16" r="9.5" />
      <path d="M16 11.5v9M11.5 16h9" />
    </svg>
  )
}
