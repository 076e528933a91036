/** Of a report: reads on a screen, prints on A4, needs nothing from elsewhere. */
export const STYLE = `
:root { --ink: #222; --faint: #666; --line: #bbb; }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1.5rem; color: var(--ink); background: #fff;
  font: 15px/1.45 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .2rem; }
.subtitle { color: var(--faint); margin: .2rem 0 0; }
.verdict { margin: 1rem 0 0; padding: .5rem .8rem; border-left: 4px solid #0072b2; background: #f4f7fa; }
.verdict.fault { border-color: #d55e00; background: #fdf3ec; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 0; }
dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.5rem; }
figure { margin: 0; } figure svg { width: 100%; height: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .84rem; }
th { font-weight: 600; text-align: right; vertical-align: bottom; padding: .2rem .5rem; line-height: 1.25; }
thead tr:last-child th { border-bottom: 1px solid var(--ink); }
td { text-align: right; padding: .08rem .5rem; white-space: nowrap; }
tbody tr:nth-child(even) { background: #f6f6f6; }
.mark { color: #d55e00; font-weight: 600; }
ul, ol { margin: .3rem 0; padding-left: 1.3rem; }
.steps { list-style: none; padding: 0; } .steps .takes { color: var(--faint); }
.steps .number { display: inline-block; width: 2rem; color: var(--faint); }
code { color: var(--faint); font-size: .8rem; }
pre { background: #f6f6f6; padding: .7rem; font-size: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
details summary { cursor: pointer; color: var(--faint); }
.note { color: var(--faint); font-size: .85rem; }
footer { margin-top: 2.5rem; padding-top: .4rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .8rem; }
@media (max-width: 44rem) { .columns { grid-template-columns: 1fr; } }
@media print {
  @page { margin: 15mm; }
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt; }
  h2 { break-after: avoid; } figure, tr, dl { break-inside: avoid; }
  table { font-size: 7.5pt; } th, td { padding-left: .25rem; padding-right: .25rem; }
  .scroll { overflow: visible; } details:not([open]) { display: none; }
}
`
