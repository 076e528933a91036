import { expect, test } from "vitest"
import { Slots } from "../../host/web/data/files/slots"

const never = new AbortController().signal

test("so many work at once, and others wait in turn", async () => {
  const slots = new Slots(2)
  const done: string[] = []
  const [a, b] = [await slots.take(never), await slots.take(never)]
  const c = slots.take(never).then((release) => {
    done.push("c")
    return release
  })
  const d = slots.take(never).then(() => done.push("d"))
  expect(done).toEqual([])
  a()
  const release = await c
  // Given back a second time it is nobody's.
  a()
  await Promise.resolve()
  expect(done).toEqual(["c"])
  release()
  await d
  expect(done).toEqual(["c", "d"])
  b()
})

test("who leaves while waiting takes no slot", async () => {
  const slots = new Slots(1)
  const release = await slots.take(never)
  const gone = new AbortController()
  const waiting = slots.take(gone.signal)
  const next = slots.take(never)
  gone.abort(new Error("gone"))
  await expect(waiting).rejects.toThrow("gone")
  await expect(slots.take(gone.signal)).rejects.toThrow("gone")
  release()
  expect(typeof (await next)).toBe("function")
})
