import { useState } from "preact/hooks"
import { ApiProblem, post } from "../client"
import { useLiveOf } from "../live"
import { Mark } from "../parts/Mark"
import { Problem } from "../parts/Problem"
import { Problems } from "../parts/Problems"
import { TokenForm } from "../parts/TokenForm"
import "./welcome.css"

/** The first visit: no board was seen yet. */
export function Welcome() {
  const mayAct = useLiveOf((live) => live.mayAct)
  return (
    <div class="welcome">
      <Mark />
      <h1>No board is here yet</h1>
      <p class="lead">
        coincell charges and discharges coin cells and tells what it measures. A board runs its
        tests by itself; this page shows them, and starts and stops them.
      </p>
      <Problems />
      <section>
        <h2>Without a board</h2>
        <p>
          Try everything on a simulated one: it runs the same firmware, with cells that age as cells
          do.
        </p>
        {mayAct ? <TrySimulated /> : <TokenForm />}
      </section>
      <section>
        <h2>With a board</h2>
        <ol>
          <li>Plug it into this server's computer. It appears here within some seconds.</li>
          <li>Nothing appears? Take another USB cable: many only charge, and carry no data.</li>
          <li>
            Still nothing? Run <code>npx coincell doctor</code> on that computer: it tells what is
            wrong, and what to do.
          </li>
        </ol>
      </section>
    </div>
  )
}

const SPEEDS = [
  { speed: 1, text: "1×", what: "as fast as a real one" },
  { speed: 100, text: "100×", what: "an hour in 36 seconds" },
  { speed: 1000, text: "1000×", what: "a day in a minute and a half" },
] as const

function TrySimulated() {
  const [speed, setSpeed] = useState<number>(100)
  const [error, setError] = useState<unknown>()
  const [isAsked, setAsked] = useState(false)
  const begin = async (event: Event) => {
    event.preventDefault()
    setError(undefined)
    setAsked(true)
    try {
      await post("/api/simulated", { speed })
    } catch (problem) {
      setAsked(false)
      setError(problem)
      if (!(problem instanceof ApiProblem)) throw problem
    }
  }
  return (
    <form onSubmit={begin}>
      <fieldset class="speeds">
        <legend>Speed</legend>
        {SPEEDS.map((each) => (
          <label key={each.speed}>
            <input
              type="radio"
              name="speed"
              checked={speed === each.speed}
              onChange={() => setSpeed(each.speed)}
            />
            <span>
              <b>{each.text}</b> {each.what}
            </span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="primary" disabled={isAsked}>
        {isAsked ? "The board is starting…" : "Try it with a simulated board"}
      </button>
      <p class="quiet-text" role="status">
        {isAsked && "It appears here by itself, in a quarter of a minute or less."}
      </p>
      {error !== undefined && <Problem error={error} />}
    </form>
  )
}
