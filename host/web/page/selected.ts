import { useLayoutEffect, useReducer, useRef } from "preact/hooks"

/**
 * A part of something that changes: redraws when that part is another object or value than before.
 * @param get what it is now
 * @param listen calls whenever it has changed, until the function that it returns is called
 */
export function useSelected<State, Part>(
  select: (state: State) => Part,
  get: () => State,
  listen: (look: () => void) => () => void,
): Part {
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0)
  const value = select(get())
  const shown = useRef({ select, value })
  shown.current = { select, value }
  useLayoutEffect(() => {
    const look = () => {
      if (!Object.is(shown.current.select(get()), shown.current.value)) redraw(undefined)
    }
    look() // something may have come between drawing and listening
    return listen(look)
  }, [])
  return value
}
