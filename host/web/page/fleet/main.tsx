import { render } from "preact"
import { connect } from "./live"
import { FleetShell } from "./FleetShell"
import "../style.css"
import "../parts/parts.css"

connect()
render(<FleetShell />, document.getElementById("page") ?? document.body)
