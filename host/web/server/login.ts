import { html } from "hono/html"

const head = html`<meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
  <title>coincell</title><link rel="icon" href="/icon.svg" /><link rel="stylesheet" href="/main.css" />`

/** Asks for the token; works without script. @param problem what was wrong with the one before */
export function loginPage(problem?: string) {
  return html`<!doctype html><html lang="en"><head>${head}</head><body><main class="login">
    <h1>coincell</h1>
    <p>The tests of this lab are shown to whoever has the token. Open the link that <code>coincell serve</code> printed,
      or type the token that is in it.</p>
    ${problem === undefined ? "" : html`<p role="alert"><strong>${problem}</strong></p>`}
    <form method="post" action="/api/token">
      <label>Token <input type="password" name="token" autocomplete="current-password" required autofocus /></label>
      <button type="submit">Show the tests</button>
    </form></main></body></html>`
}

/**
 * Leads on to the page, from a page of our own: a browser that came from elsewhere, such as a mail, shows its new
 * cookie only to whom our pages lead it.
 */
export function welcomePage() {
  return html`<!doctype html><html lang="en"><head>${head}<meta http-equiv="refresh" content="0;url=/" /></head>
    <body><main class="login"><p><a href="/">Go on to the tests</a></p></main></body></html>`
}
