import { useId, useState } from "preact/hooks"
import { ApiProblem, post, TOKEN_SHOWN } from "../client"

/** Asks for the token, without which nothing is started or stopped, and from elsewhere nothing seen. */
export function TokenForm(props: { onDone?: () => void }) {
  const [token, setToken] = useState("")
  const [problem, setProblem] = useState("")
  const [isAsking, setAsking] = useState(false)
  const id = useId()
  const show = async (event: Event) => {
    event.preventDefault()
    setAsking(true)
    setProblem("")
    try {
      await post("/api/token", { token: token.trim() })
      dispatchEvent(new Event(TOKEN_SHOWN))
      props.onDone?.()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      setProblem(error.message)
    } finally {
      setAsking(false)
    }
  }
  return (
    <form class="token-form" onSubmit={show}>
      <p>
        When <code>coincell serve</code> began, it printed a link with a token in it. Open that link
        in this browser, or copy the token here:
      </p>
      <label for={id}>Token</label>
      <div class="field-row">
        <input
          id={id}
          type="password"
          autocomplete="current-password"
          required
          value={token}
          aria-invalid={problem !== ""}
          aria-describedby={`${id}-problem`}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <button type="submit" class="primary" disabled={isAsking}>
          Unlock
        </button>
      </div>
      <p id={`${id}-problem`} class="field-problem" role="alert">
        {problem}
      </p>
    </form>
  )
}
