import { TesterError } from "../errors"

/** The data folder cannot be written or read, or holds what no host wrote. The boards do not mind. */
export class StoreError extends TesterError {
  constructor(
    /** The file or folder. */
    readonly path: string,
    problem: string,
  ) {
    super(`${path}: ${problem}`)
  }
}

const WHY: Record<string, string> = {
  ENOSPC: "the disk is full. Make room on it",
  EDQUOT: "your quota on this disk is used up. Make room, or have it raised",
  EFBIG: "a file may not grow further here. Have the limit on file sizes raised (ulimit -f)",
  EROFS: "the disk is read-only. Choose another folder by --data",
  EACCES: "you may not write here. Make the folder yours, or choose another by --data",
  EPERM: "you may not write here. Make the folder yours, or choose another by --data",
  EIO: "the disk reports an error. Copy what is there to another disk, and use that by --data",
  EMFILE: "too many files are open. Close some programs, or raise the limit (ulimit -n)",
}

/**
 * What a person can do about an error of the file system; other errors are given back as they are.
 * @param path the file or folder that was worked on
 */
export function diskError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  const why = code === undefined ? undefined : WHY[code]
  if (why === undefined) return error
  return new StoreError(
    path,
    `${why} (${code}). What was stored before is safe. Tests on the boards go on, and the boards keep their ` +
      "logs: then run 'coincell download'.",
  )
}
