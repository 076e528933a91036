import { Component, type ComponentChild } from "preact"

/** A component that is drawn again only when one of its properties is another object or value. */
export function memo<P extends object>(draw: (props: P) => ComponentChild) {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const keys = Object.keys({ ...this.props, ...next }) as (keyof P)[]
      return keys.some((key) => !Object.is(next[key], this.props[key]))
    }

    override render(props: P): ComponentChild {
      return draw(props)
    }
  }
}
