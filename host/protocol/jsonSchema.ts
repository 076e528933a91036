import { z } from "zod"
import { cellSchema } from "../cell"
import { protocolSchema } from "./schema"

type Schema = { [key: string]: unknown }

/** What an editor needs to complete and check a protocol's file, as a JSON Schema (draft 2020-12). */
export function protocolJsonSchema(): Schema {
  const schema = inputSchema(protocolSchema)
  const properties = schema.properties as { method: Schema }
  const { method } = properties
  const texts = {
    type: "string",
    description:
      'A step as PyBaMM writes it: "Charge at C/3 for 4 hours or until 4.2 V", "Hold at 4.2 V until C/50", "Rest for 1 hour".',
  }
  const cycle = {
    type: "array",
    items: texts,
    minItems: 1,
    description:
      "A cycle of PyBaMM's steps; cycles that follow each other unchanged become a loop.",
  }
  const steps = { ...method, items: { anyOf: [method.items, texts] } }
  const cycles = { ...method, items: { anyOf: [texts, cycle] } }
  return {
    ...schema,
    properties: {
      ...properties,
      method: { anyOf: [steps, cycles], description: method.description },
    },
  }
}

/** What an editor needs to complete and check a cell's file, as a JSON Schema (draft 2020-12). */
export function cellJsonSchema(): Schema {
  return inputSchema(cellSchema)
}

function inputSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      // A key that is known only so that it can be refused with a reason.
      if (zodSchema._zod.def.type === "undefined") jsonSchema.not = {}
    },
  })
}
