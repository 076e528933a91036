import type { ComponentChildren } from "preact"
import { useEffect, useRef, useState } from "preact/hooks"

/** Draws its child, and so asks for what that shows, once it is nearly in view. */
export function WhenSeen(props: {
  /** Room that is kept for it until then, CSS pixels. */
  height: number
  children: () => ComponentChildren
}) {
  const [isSeen, setSeen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (isSeen || element === null) return
    const watch = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: "300px" },
    )
    watch.observe(element)
    return () => watch.disconnect()
  }, [isSeen])
  if (isSeen) return <>{props.children()}</>
  return <div ref={place} style={{ minHeight: `${props.height}px` }} />
}
