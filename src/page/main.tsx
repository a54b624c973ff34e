/** The page: one application with a room for each thing to do. */
import { render } from "preact";
import { STYLE } from "../charts/index.js";
import { App } from "./app.js";
import { askWhatIsServed } from "./served.js";
import "./look.css";

// A sheet made by a script is permitted by the page's security policy, a <style> element is not.
const charts = new CSSStyleSheet();
charts.replaceSync(STYLE);
document.adoptedStyleSheets.push(charts);
// Where there is a run to watch, that is the first room.
await askWhatIsServed();
render(<App />, document.getElementById("app") as HTMLElement);
