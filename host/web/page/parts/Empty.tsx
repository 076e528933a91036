import type { ComponentChildren } from "preact"

/** Nothing is here, and what to do next. */
export function Empty(props: { title: string; children?: ComponentChildren }) {
  return (
    <section class="empty">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}
