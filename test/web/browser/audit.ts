import type { Page } from "playwright-core"

/** What keeps people from using a view who do not see it, or do not use a mouse: few checks, of what breaks easily. */
export function audit(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
    const told = (element: Element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 120)
    const isShown = (element: HTMLElement) =>
      element.checkVisibility() && !element.closest("[inert]")
    const count = (selector: string, expected: number) => {
      const { length } = all(selector).filter(isShown)
      if (length !== expected) found.push(`${length} of ${selector}, not ${expected}`)
    }
    count("h1", 1)
    count("main", 1)
    if (document.documentElement.lang === "") found.push("the page has no language")
    if (document.title.trim() === "") found.push("the page has no title")

    const nameOf = (element: HTMLElement) =>
      element.getAttribute("aria-label") ||
      all(`#${element.getAttribute("aria-labelledby")?.trim().replace(/\s+/g, ", #") || "none"}`)
        .map(({ textContent }) => textContent)
        .join("") ||
      element.textContent
    for (const element of all(
      "button, a, summary, dialog, [role=button], [role=img], [role=application]",
    ))
      if (isShown(element) && !element.closest("[aria-hidden=true]") && !nameOf(element)?.trim())
        found.push(`without a name: ${told(element)}`)
    for (const element of all("input, select, textarea")) {
      const { labels } = element as HTMLInputElement
      const isLabelled = [...(labels ?? [])].some(({ textContent }) => textContent?.trim())
      if (isShown(element) && !isLabelled && !element.getAttribute("aria-label"))
        found.push(`without a label: ${told(element)}`)
    }
    for (const element of all("img:not([alt])")) found.push(`without a text: ${told(element)}`)
    for (const element of all("[tabindex]"))
      if (element.tabIndex > 0) found.push(`out of order: ${told(element)}`)

    const ids = all("[id]").map(({ id }) => id)
    for (const id of new Set(ids.filter((one, i) => ids.indexOf(one) !== i)))
      found.push(`the id ${id} is there twice`)
    for (const attribute of ["aria-labelledby", "aria-describedby", "for"])
      for (const element of all(`[${attribute}]`))
        for (const id of element.getAttribute(attribute)?.split(/\s+/) ?? [])
          if (id !== "" && document.getElementById(id) === null)
            found.push(`${attribute} of nothing: ${told(element)}`)

    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) found.push(`${scrollWidth - clientWidth} pixels too wide`)
    return found
  })
}
