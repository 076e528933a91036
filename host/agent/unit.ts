/** What systemd is to know of the agent. */
export interface UnitOptions {
  /** Node and the program, as absolute paths, and what follows them. */
  command: readonly string[]
  /** Where it is started: the data folder and others are below. */
  folder: string
  user: string
}

/** A unit for systemd: starts the agent on boot, and again whenever it ends. */
export function systemdUnit({ command, folder, user }: UnitOptions): string {
  return `[Unit]
Description=coincell agent: stores and publishes what the testers on this computer log
After=network-online.target
Wants=network-online.target

[Service]
Type=exec
User=${user}
SupplementaryGroups=dialout
WorkingDirectory=${folder.replaceAll("%", "%%")}
# Names, passwords and keys, a line NAME=VALUE each; only root need be able to read it.
EnvironmentFile=-/etc/coincell/agent.env
ExecStart=${command.map(quoted).join(" ")}
Restart=always
RestartSec=5
# Tests are the boards': ending the agent ends none.
KillSignal=SIGINT
TimeoutStopSec=30
ProtectSystem=full
NoNewPrivileges=true

[Install]
WantedBy=multi-user.target
`
}

/** As systemd reads a command line: % and $ stand for other things. */
function quoted(word: string): string {
  const escaped = word.replace(/[\\"]/g, "\\$&").replaceAll("%", "%%").replaceAll("$", "$$$$")
  return /^[\w@%+=:,./-]+$/.test(escaped) ? escaped : `"${escaped}"`
}
