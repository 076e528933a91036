import { render } from "preact"
import { connect } from "./connection"
import { Shell } from "./parts/Shell"
import "./style.css"
import "./parts/parts.css"

connect()
render(<Shell />, document.getElementById("page") ?? document.body)
