import type { Locator, Page } from "playwright-core"

/** More steps to a control are too many for a person, too. */
const MOST_STEPS = 40

/** Goes to a control as who has no mouse does. @throws Error when the key does not lead there */
export async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await target.waitFor()
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press(key)
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`${MOST_STEPS} times ${key} do not lead to ${target}`)
}

/** Goes to a control and presses it. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press("Enter")
}
