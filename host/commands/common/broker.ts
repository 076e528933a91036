import { readFileSync } from "node:fs"
import { type Command, InvalidArgumentError } from "commander"
import { TesterError } from "../../errors"

export interface BrokerCliOptions {
  broker?: string
  brokerCa?: string
  brokerCert?: string
  brokerKey?: string
}

/** Adds `--broker` and what TLS needs. Name and password come from the environment. */
export function addBroker(command: Command): Command {
  return command
    .option("--broker <url>", "MQTT 5 broker: mqtt://HOST:1883 or mqtts://HOST:8883", brokerUrl)
    .option("--broker-ca <file>", "certificate of whoever vouches for the broker, PEM")
    .option("--broker-cert <file>", "certificate of this computer, if the broker wants one, PEM")
    .option("--broker-key <file>", "and its key, PEM")
}

/** @throws TesterError naming a file that cannot be read */
export function brokerOptions({ broker, brokerCa, brokerCert, brokerKey }: BrokerCliOptions) {
  if (broker === undefined) return undefined
  return {
    url: broker,
    username: process.env.COINCELL_BROKER_USER,
    password: process.env.COINCELL_BROKER_PASSWORD,
    ca: pem(brokerCa),
    cert: pem(brokerCert),
    key: pem(brokerKey),
  }
}

function pem(path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    throw new TesterError(`${path} cannot be read: ${(error as Error).message}.`)
  }
}

function brokerUrl(text: string): string {
  const isFit = URL.canParse(text) && /^(mqtts?|wss?):$/.test(new URL(text).protocol)
  if (isFit) return text
  throw new InvalidArgumentError(
    "Write it as mqtt://HOST:1883, mqtts://HOST:8883, ws:// or wss://.",
  )
}
