import { ApiProblem } from "../client"
import { TokenForm } from "./TokenForm"

/** Something did not work: what, and how to mend it. Asks for the token where that is what is missing. */
export function Problem(props: { error: unknown; onAgain?: () => void }) {
  const { error, onAgain } = props
  if (error instanceof ApiProblem && error.wantsToken) return <TokenForm onDone={onAgain} />
  const text = error instanceof ApiProblem ? error.message : `This is a bug of coincell: ${error}`
  return (
    <div class="problem" role="alert">
      <p>{text}</p>
      {onAgain && (
        <button type="button" onClick={onAgain}>
          Try again
        </button>
      )}
    </div>
  )
}
