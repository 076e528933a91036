/** LM339 or LM393 with an open collector: on while `plus` is below `minus`. 0.1 V + 60 Ω, assumed. */
export const COMPARATOR_MODEL = `
.subckt comparator plus minus vn out
eplus drive 0 vol='v(minus)-v(plus)'
sout out low drive 0 collector
vlow low vn 0.1
cout out vn 5p
.model collector sw(vt=0 vh=0.5m ron=60 roff=1e9)
.ends
`
