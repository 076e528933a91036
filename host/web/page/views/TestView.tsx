import type { ComponentChildren } from "preact"
import { useEffect, useRef } from "preact/hooks"
import type { LiveBoard, LiveChannel, TestPage } from "../../api"
import { endedText } from "../actionText"
import { useAnswer } from "../answer"
import { useLiveOf } from "../live"
import { Actions, useActions } from "../parts/Actions"
import { StateBadge } from "../parts/Badge"
import { Loading } from "../parts/Loading"
import { Problem } from "../parts/Problem"
import { href } from "../router"
import { clockTime, duration } from "../words"
import { Downloads } from "./Downloads"
import { TestPlots } from "./TestPlots"
import { cellTypeText } from "./TestTable"
import "./tests.css"

/** One stored test, be it over or not: what it was, what it measured, and how to take that along. */
export function TestView({ id }: { id: string }) {
  const { value: test, error, again } = useAnswer<TestPage>(`/api/tests/${encodeURIComponent(id)}`)
  const place = useLiveOf(({ boards }) => channelOf(boards ?? [], id))
  const state = useRef(place?.state)
  useEffect(() => {
    if (state.current !== place?.state) again()
    state.current = place?.state
  }, [place?.state, again])
  const actions = useActions(`/api/tests/${encodeURIComponent(id)}/actions`, test?.state)
  if (error !== undefined) return <Problem error={error} onAgain={again} />
  return (
    <article class="test">
      {test ? (
        <Head test={test} live={place} ended={endedText(actions, test.id)} />
      ) : (
        <Loading what="Looking the test up" />
      )}
      {test?.problem && (
        <p class="problem" role="alert">
          {test.problem}
        </p>
      )}
      <TestPlots id={id} live={place} test={test ?? null} />
      {test && <About test={test} />}
      <Actions lines={actions} />
    </article>
  )
}

/** What was tested, how, with what, and how to take it along. */
function About({ test }: { test: TestPage }) {
  return (
    <div class="test-facts">
      <Section title="Cell">
        <Facts facts={test.cellFacts} />
      </Section>
      <Section title="Protocol">
        <Protocol test={test} />
      </Section>
      <Section title="Instrument">
        <Facts facts={test.instrument} />
      </Section>
      <Section title="Take it along">
        <Downloads id={test.id} />
      </Section>
    </div>
  )
}

/** The channel that a test is on now, as long as it is the same object. */
function channelOf(boards: readonly LiveBoard[], id: string): LiveChannel | undefined {
  return boards.flatMap(({ channels }) => channels).find(({ test }) => test?.id === id)
}

function Head(props: { test: TestPage; live?: LiveChannel; ended?: string }) {
  const { test, live, ended } = props
  const { id, cell, cellType, began_unix_s, last, board, channel } = test
  const facts = [
    id,
    cellType && cellTypeText(cellType),
    test.project,
    test.operator,
    test.isSimulated && "simulated",
  ]
  return (
    <header class="test-head">
      <h1>{cell}</h1>
      <StateBadge state={test.state} />
      <p class="quiet-text">{facts.filter(Boolean).join(" · ")}</p>
      <p>
        {began_unix_s === undefined
          ? "When it began is not known."
          : `Began ${clockTime(began_unix_s)}.`}
        {last && ` ${duration(last.time_s)} of test time stored, up to cycle ${last.cycle}.`}
        {test.reason && ` ${endText(test)}`}
        {(test.state === "stopped" || test.state === "paused") && ended && ` ${ended}`}
      </p>
      {live && (
        <a class="button" href={href({ view: "channel", board, channel })}>
          See it live on {test.boardName} channel {channel}
        </a>
      )}
    </header>
  )
}

/** Stopped: overpotential grown too far. */
function endText({ state, reason }: TestPage): string {
  return `${state.slice(0, 1).toUpperCase()}${state.slice(1)}: ${reason}.`
}

function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="chart">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Facts({ facts }: { facts: TestPage["cellFacts"] }) {
  if (facts.length === 0) return <p class="quiet-text">Nothing more is known.</p>
  return (
    <dl class="facts">
      {facts.map(([term, value]) => (
        <>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  )
}

function Protocol({ test: { protocol, steps } }: { test: TestPage }) {
  if (protocol === undefined && steps.length === 0)
    return (
      <p class="quiet-text">Another host started this test: its protocol was not stored here.</p>
    )
  return (
    <>
      <pre class="steps">{steps.join("\n")}</pre>
      {protocol && (
        <details>
          <summary>{protocol.fileName}</summary>
          <pre>{protocol.text}</pre>
        </details>
      )}
    </>
  )
}
