import type { ComponentChildren } from "preact"
import { useEffect, useId, useRef } from "preact/hooks"

/**
 * A question in front of the page, for as long as it is drawn: the browser keeps the focus in it, and gives it back.
 * Escape and a press outside call `onClose`. What may be pressed stands in `<div class="buttons">`, at the end.
 */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => before instanceof HTMLElement && before.focus()
  }, [])
  const close = (event: Event) => {
    event.preventDefault()
    props.onClose()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it too
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={close}
      onClick={(event) => event.target === dialog.current && close(event)}
    >
      <div class="dialog-body">
        <h2 id={titleId}>{props.title}</h2>
        {props.children}
      </div>
    </dialog>
  )
}
