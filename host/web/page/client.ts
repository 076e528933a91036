import type { ApiError } from "../api"

/** Event of the window: the visitor has shown the token, and may see and do more than before. */
export const TOKEN_SHOWN = "coincell-token-shown"

/** An answer other than what was asked for; the message is for people. */
export class ApiProblem extends Error {
  override name = "ApiProblem"
  constructor(
    message: string,
    /** Of HTTP; 0 when no answer came. */
    readonly status: number,
  ) {
    super(message)
  }

  /** The token is missing or wrong. */
  get wantsToken(): boolean {
    return this.status === 401
  }
}

/**
 * The JSON of an answer.
 * @param path below the server's root, such as `/api/tests`
 * @throws ApiProblem when the server refuses, or does not answer
 */
export function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask<T>(path, { signal })
}

/** Asks for an action; see `get`. */
export function post<T = unknown>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { "content-type": "application/json" }
  return ask<T>(path, { method: "POST", headers, body: JSON.stringify(body), signal })
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetched(path, init)
  const text = await response.text()
  const answer = parsed(text)
  if (!response.ok) throw new ApiProblem(messageOf(answer, response.status), response.status)
  return answer as T
}

async function fetched(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiProblem(
      "The server does not answer. Is coincell serve still running? Tests go on without it.",
      0,
    )
  }
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function messageOf(answer: unknown, status: number): string {
  const { error } = (answer ?? {}) as Partial<ApiError>
  return error?.message ?? `The server answered ${status} and did not say why; its own window may.`
}
