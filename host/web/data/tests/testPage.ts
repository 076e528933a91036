import { firmwareText } from "../../../board/firmware"
import { type Cell, platingSign } from "../../../cell"
import { decodePage } from "../../../log/decodePage"
import { isWhole } from "../../../log/page"
import { checkProtocol } from "../../../protocol/check"
import { materialTerms, otherTerms } from "../../../report/cellTerms"
import { isoDate, isoTime } from "../../../report/words"
import type { StoredTest } from "../../../store/storedTest"
import type { TestPage } from "../../api"
import type { Catalogue, CataloguedTest } from "./catalogue"
import { testLine } from "./testLine"

type Terms = [term: string, value: string][]

/** What is known of a test but its records. */
export function testPage(catalogue: Catalogue, one: CataloguedTest): TestPage {
  const { folder, test } = one
  const line = testLine(one, catalogue.summary(one))
  const cell = line.problem === undefined ? folder.cell : undefined
  const { protocol } = test
  return {
    ...line,
    cellFacts: known(cell === undefined ? [] : [...materialTerms(cell), ...otherTerms(cell)]),
    area_cm2: cell?.area_cm2,
    active_mass_mg: cell?.active_mass_mg,
    platingSign: cell && platingSign(cell),
    protocol,
    steps: protocol === undefined || cell === undefined ? [] : stepsOf(protocol, cell),
    instrument: instrumentTerms(test, line.began_unix_s),
  }
}

/** The protocol as a chemist says it, loops indented; nothing if it does not suit the cell as that is described now. */
function stepsOf({ text, fileName }: { text: string; fileName: string }, cell: Cell): string[] {
  const { plan } = checkProtocol(text, fileName, cell)
  return (plan?.lines ?? []).map(({ number, depth, text: line, takes }) => {
    const head = number === undefined ? "" : `${number}. `
    return `${"  ".repeat(depth)}${head}${line}${takes === undefined ? "" : ` (${takes})`}`
  })
}

function instrumentTerms(test: StoredTest, began_unix_s: number | undefined): Terms {
  const { about } = test
  const { firmware, host_version: host } = about
  return known([
    ["Board", `${about.board_name} (${about.board})${about.simulated ? ", simulated" : ""}`],
    ["Channel", `${about.channel}`],
    ["Test number", `${about.test}`],
    ["Begun", began_unix_s === undefined ? undefined : isoTime(began_unix_s)],
    ["Firmware", firmware && firmwareText(firmware)],
    ["Host that started it", host && `coincell ${host}`],
    ["Calibrated", calibrated(test)],
    ["Calibration standard", about.calibration_standard],
  ])
}

/** As the test's first page says. */
function calibrated(test: StoredTest): string | undefined {
  const [page] = test.pages()
  if (page === undefined || !isWhole(page)) return undefined
  const [record] = decodePage(page).records
  if (record?.kind !== "testBegins") return undefined
  const { calibrationDate_s } = record
  return calibrationDate_s === 0 ? "no: nominal values" : isoDate(calibrationDate_s)
}

function known(terms: readonly [term: string, value: string | undefined][]): Terms {
  return terms.flatMap(([term, value]) =>
    value === undefined || value === "" ? [] : [[term, value] as Terms[number]],
  )
}
