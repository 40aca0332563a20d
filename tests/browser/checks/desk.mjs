// The desk from the first account on, in a site of its own each time: with scripts and a mouse on a wide screen, then
// without scripts, by the keyboard alone, on a narrow one. What its pages look like is looked at in `views`.

import { story } from "../desk/story.mjs";
import { startServer } from "../server.mjs";

const WAYS = [
  { name: "scripts, mouse, 1280 px", byKeyboard: false, settings: { viewport: { width: 1280, height: 900 } } },
  {
    name: "no scripts, keyboard, 360 px",
    byKeyboard: true,
    settings: { viewport: { width: 360, height: 800 }, javaScriptEnabled: false, reducedMotion: "reduce" },
  },
];

export async function desk(site, fail) {
  let views = 0;
  for (const { name, byKeyboard, settings } of WAYS) {
    const server = await startServer(site.binary);
    const look = async () => {
      views += 1;
    };
    try {
      const way = { origin: server.origin, byKeyboard, look };
      await story(site.browser, way, settings, await server.invitation());
    } catch (error) {
      fail(name, error.stack);
    } finally {
      await server.stop();
    }
  }
  return `${views} views in ${WAYS.length} ways`;
}
