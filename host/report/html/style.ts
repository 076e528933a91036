import { COLOURS, FAINT, INK, PAPER } from "../figure"

/** On a dark ground lines are lighter: what each colour of a figure becomes. */
const DARK: readonly [light: string, dark: string][] = [
  [INK, "#e4e4e4"],
  [FAINT, "#a0a0a0"],
  ["#bbbbbb", "#555555"],
  [PAPER, "#16181b"],
  ...["#5aa9e6", "#f0894a", "#35c79a", "#e3a6c8", "#f2bd4d", "#9fd6f5"].map(
    (dark, i): [string, string] => [COLOURS[i], dark],
  ),
]

const darkFigures = DARK.map(
  ([light, dark]) =>
    `svg [fill="${light}"] { fill: ${dark} } svg [stroke="${light}"] { stroke: ${dark} }`,
).join("\n  ")

/** Of a report: reads on a screen, light or dark, prints on A4, needs nothing from elsewhere. */
export const STYLE = `
:root { --ink: ${INK}; --faint: #5f6368; --line: #c4c7cc; --ground: ${PAPER}; --stripe: #f5f6f7; --accent: #0072b2;
  --calm: #f1f6fa; --bad: #b84a00; --alarm: #fdf3ec; }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 56rem; padding: 0 1.5rem; color: var(--ink); background: var(--ground);
  font: 15px/1.45 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
h1 { font-size: 1.6rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
h3 { font-size: .95rem; margin: 1.2rem 0 .3rem; }
a { color: var(--accent); }
.subtitle { color: var(--faint); margin: .2rem 0 0; }
.verdict { margin: 1rem 0 0; padding: .5rem .8rem; border-left: 4px solid var(--accent); background: var(--calm); }
.verdict.fault, .verdict.warning { border-color: var(--bad); background: var(--alarm); }
.verdict.warning { margin-top: .4rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 0; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
.key { grid-template-columns: repeat(auto-fit, minmax(7rem, auto)); gap: .8rem 1rem; margin-top: 1.1rem; }
.key dt { font-size: .82rem; } .key dd { font-size: 1.05rem; font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums; }
.key span { display: block; white-space: normal; font-size: .78rem; font-weight: 400; color: var(--faint); }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.5rem; align-items: start; }
.definitions dt { max-width: 15rem; }
figure { margin: 0 0 1.4rem; } figure svg { display: block; width: 100%; height: auto; }
figcaption { color: var(--faint); font-size: .85rem; margin-top: .2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .84rem; }
th { font-weight: 600; text-align: right; vertical-align: bottom; padding: .2rem .5rem; line-height: 1.25; }
thead tr:last-child th { border-bottom: 1px solid var(--ink); }
td { text-align: right; padding: .08rem .5rem; white-space: nowrap; }
tbody tr:nth-child(even) { background: var(--stripe); }
.text { width: 100%; }
.text th, .text td { text-align: left; vertical-align: top; padding: .2rem .5rem; }
.text td:nth-child(2) { white-space: normal; min-width: 14rem; }
.text td:first-child { white-space: nowrap; }
.kind::first-letter { text-transform: uppercase; } .kind.fault, .kind.lost { color: var(--bad); }
.mark { color: var(--bad); font-weight: 600; }
ul, ol { margin: .3rem 0; padding-left: 1.3rem; }
.steps { list-style: none; padding: 0; } .steps .takes, .faint { color: var(--faint); }
.steps .number { display: inline-block; width: 2rem; color: var(--faint); }
code { color: var(--faint); font-size: .8rem; }
pre { background: var(--stripe); padding: .7rem; font-size: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin-top: .5rem; } details summary { cursor: pointer; color: var(--accent); }
.all tr { content-visibility: auto; }
.note { color: var(--faint); font-size: .85rem; }
footer { margin-top: 2.5rem; padding-top: .4rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .8rem; }
@media (max-width: 44rem) {
  body { margin: 1rem auto; padding: 0 .8rem; }
  figure { overflow-x: auto; } figure svg { min-width: 40rem; } figcaption { position: sticky; left: 0; }
  .columns, dl:not(.key) { grid-template-columns: 1fr; } dl:not(.key) dd { margin-bottom: .3rem; }
}
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e4e4e4; --faint: #a0a6ad; --line: #3d4248; --ground: #16181b; --stripe: #1e2125; --accent: #6cb6ec;
    --calm: #1b2731; --bad: #ff9d5c; --alarm: #33241a; }
  ${darkFigures}
}
@media print {
  @page { size: A4; margin: 15mm; }
  :root { font-size: 9.5pt; } body { margin: 0; padding: 0; max-width: none; font-size: 9.5pt; }
  h2 { margin-top: 1.2rem; } h2, h3 { break-after: avoid; }
  figure, tr, .key, .columns, .verdict, .definitions dd { break-inside: avoid; }
  thead { display: table-header-group; } p, li { orphans: 3; widows: 3; }
  table { font-size: 7.8pt; } th, td { padding-left: .3rem; padding-right: .3rem; }
  figure { margin-bottom: .8rem; }
  .verdict { background: none; border: 1px solid var(--line); border-left: 4px solid var(--accent); }
  .scroll { overflow: visible; } details:not([open]) { display: none; } a { color: inherit; text-decoration: none; }
  tbody tr:nth-child(even) { background: none; border-top: .5px solid var(--line); border-bottom: .5px solid var(--line); }
}
`
