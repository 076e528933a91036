/** What one check found. */
export interface Finding {
  /** What was looked at, such as `Node.js` or `board KX42`. */
  about: string
  /** A problem keeps the tester from working, or loses data; a warning may, some day. */
  level: "ok" | "warning" | "problem"
  what: string
  /** How to mend it; undefined when all is well. */
  fix?: string
}

export function ok(about: string, what: string): Finding {
  return { about, level: "ok", what }
}

export function warning(about: string, what: string, fix: string): Finding {
  return { about, level: "warning", what, fix }
}

export function problem(about: string, what: string, fix: string): Finding {
  return { about, level: "problem", what, fix }
}

/** A problem that an error's message tells: its first sentence is what, those after it how to mend that. */
export function fromMessage(about: string, message: string): Finding {
  const [what, ...rest] = message.split(/(?<=[.:?]) /)
  return problem(about, what.replace(/[.:]$/, ""), rest.join(" ") || "see what is said there")
}
