import { openBoard, openBoards, type Session, type Where } from "../../session"

/** Opens the one board that the options name, and closes it whatever happens. */
export async function withBoard<T>(
  where: Where,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await openBoard(where)
  try {
    return await work(session)
  } finally {
    await session.close()
  }
}

/** Opens all boards that answer, and closes them whatever happens. */
export async function withBoards<T>(
  where: Where,
  work: (sessions: Session[]) => Promise<T>,
): Promise<T> {
  const sessions = await openBoards(where)
  try {
    return await work(sessions)
  } finally {
    await Promise.all(sessions.map((session) => session.close()))
  }
}
