import { useId } from "preact/hooks"
import type { Checked, CheckFinding } from "../../api"
import { CELL_FIELDS, type CellField, mainKeys } from "./cellFields"
import type { Draft } from "./draft"
import { fieldId } from "./jump"

/** What is known of the cell: what its type needs, and the rest below. */
export function CellForm(props: {
  draft: Draft
  checked: Checked | undefined
  onChange: (cell: Draft["cell"]) => void
}) {
  const { checked, onChange } = props
  const { cell, isAssumed } = props.draft
  const main = mainKeys(cell.type)
  const errors = (checked?.findings ?? []).filter(
    ({ of, severity }) => of === "cell" && severity === "error",
  )
  const field = (one: CellField) => (
    <Field
      key={one.key}
      field={one}
      value={cell[one.key] ?? ""}
      error={errorOf(one, cell[one.key] ?? "", errors)}
      onChange={(value) => onChange({ ...cell, [one.key]: value })}
    />
  )
  const more = CELL_FIELDS.filter(({ key }) => !main.has(key))
  const filled = more.filter(({ key }) => (cell[key] ?? "") !== "").length
  return (
    <>
      <div class="cell-fields">{CELL_FIELDS.filter(({ key }) => main.has(key)).map(field)}</div>
      {isAssumed && <p class="assumed">{ASSUMED}</p>}
      <Derived checked={checked} />
      <details class="cell-more">
        <summary>
          More about the cell{" "}
          <small>{filled > 0 ? `${filled} filled in` : "exports carry it"}</small>
        </summary>
        <div class="cell-fields">{more.map(field)}</div>
      </details>
    </>
  )
}

/** Currents and charges follow from them. */
export const ASSUMED = "Size and capacity are those of the example’s cell: put your own."

/** That it has no name yet, a person sees. */
function errorOf(
  { key }: CellField,
  value: string,
  errors: readonly CheckFinding[],
): string | undefined {
  if (key === "name" && value.trim() === "") return undefined
  return errors.find(({ path }) => path === key)?.message
}

function Field(props: {
  field: CellField
  value: string
  error: string | undefined
  onChange: (value: string) => void
}) {
  const { field, value, error, onChange } = props
  const { key, label, unit, kind, choices, hint, example } = field
  const noteId = useId()
  const common = {
    id: fieldId(key),
    value,
    "aria-invalid": error !== undefined,
    "aria-describedby": noteId,
  }
  const typed = {
    ...common,
    placeholder: example,
    autocomplete: "off",
    onInput: (event: { currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value),
  }
  return (
    <div class={`field is-${kind}`}>
      <label for={fieldId(key)}>
        {label}
        {unit && <small>, {unit}</small>}
      </label>
      {choices ? (
        <select {...common} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">not given</option>
          {choices.map(([choice, text]) => (
            <option key={choice} value={choice}>
              {text}
            </option>
          ))}
        </select>
      ) : kind === "date" ? (
        <input {...typed} type="date" />
      ) : (
        <input
          {...typed}
          type="text"
          inputMode={kind === "number" ? "decimal" : "text"}
          required={key === "name"}
          spellcheck={false}
        />
      )}
      <small id={noteId} class={error ? "field-problem" : "hint"}>
        {error ?? hint}
      </small>
    </div>
  )
}

/** What follows from what is filled in. */
function Derived({ checked }: { checked: Checked | undefined }) {
  const { area_cm2, active_mass_mg, capacity_mAh } = checked?.cell ?? {}
  const known = [
    area_cm2 === undefined ? "" : `area ${short(area_cm2)} cm²`,
    active_mass_mg === undefined ? "" : `active mass ${short(active_mass_mg)} mg`,
    capacity_mAh === undefined ? "" : `1C is ${short(capacity_mAh)} mA`,
  ].filter((text) => text !== "")
  return (
    <p class="hint" aria-live="polite">
      {known.length > 0 && `So the cell has: ${known.join(", ")}.`}
    </p>
  )
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}
