import { fullRuns } from "./fullRuns"
import { lithiumRuns } from "./lithiumRuns"

export const runs = { ...lithiumRuns, ...fullRuns } as const
