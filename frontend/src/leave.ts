// On the page that follows the end of a login: nothing of anybody's session stays in this browser, and the page says so.

import { eraseAll } from "./player/store";

async function leave(): Promise<void> {
  const left = await eraseAll();
  document.getElementById(left ? "not-erased" : "erased")?.removeAttribute("hidden");
}

void leave();
