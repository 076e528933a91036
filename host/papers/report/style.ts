/** Of the papers' report, beside the reports' own. */
export const PAPERS_STYLE = `
body { max-width: 84rem; }
.papers { font-size: .8rem; width: 100%; }
.papers th, .papers td { text-align: left; vertical-align: top; white-space: normal; padding: .25rem .45rem; }
.papers td:nth-child(1) { white-space: nowrap; }
.papers td:nth-child(5), .papers td:nth-child(6), .papers td:nth-child(7), .papers td:nth-child(8) { min-width: 6rem; }
.papers tbody tr:nth-child(even) { background: none; }
.papers tr.first td { border-top: 1px solid var(--line); }
.papers td p { margin: 0 0 .2rem; color: var(--faint); max-width: 36rem; }
.papers td:last-child { min-width: 22rem; }
.faint { color: var(--faint); font-size: .92em; }
.meets { color: #00704a; font-weight: 600; }
.misses { color: #b34700; font-weight: 700; }
.substitute, .no-number-printed, .not-run { color: var(--faint); }
figure { margin: 1.4rem 0; break-inside: avoid; }
figure svg { width: auto; max-width: 100%; }
figcaption { font-size: .85rem; margin-bottom: .3rem; }
.key { white-space: nowrap; margin-right: .8rem; color: var(--faint); }
.key i { display: inline-block; width: .7rem; height: .7rem; margin-right: .25rem; }
@page { size: A4 landscape; }
`
