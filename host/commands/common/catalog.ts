import { Option } from "commander"

/** `--catalog`, or COINCELL_CATALOG. */
export function catalogOption(): Option {
  return new Option(
    "--catalog <address>",
    "catalogue that a lab shares: postgres://USER:PASSWORD@HOST/DATABASE, or a folder; without it the data folder's own",
  ).env("COINCELL_CATALOG")
}

/** `--lab`, or COINCELL_LAB. @param text what it is for */
export function labOption(text: string): Option {
  return new Option("--lab <name>", text).env("COINCELL_LAB")
}
