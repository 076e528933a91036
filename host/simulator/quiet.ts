/** What jacdac-ts tells of each connection through `console.debug`. */
const CHATTER = /^(simulated: (dis)?connecting|bus: disposing\.)$/

let users = 0
let original = console.debug

/** Does work without jacdac-ts telling of its connections in somebody else's console. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (users++ === 0) {
    original = console.debug
    console.debug = (...words: unknown[]) => {
      if (!CHATTER.test(String(words[0]))) original(...words)
    }
  }
  try {
    return await work()
  } finally {
    if (--users === 0) console.debug = original
  }
}
