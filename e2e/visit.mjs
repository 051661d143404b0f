// A new page of the built site, with all its errors.
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { serve } from "./serve.mjs";

const dist = fileURLToPath(new URL("../dist", import.meta.url));

// Whether a request was aborted by leaving the page, as Chromium and Firefox report it.
export const isGivenUp = (line) => /(net::ERR|NS_BINDING)_ABORTED$/.test(line);

// A page with all its errors.
export const watched = (page) => {
  const bad = [];
  page.on("console", (message) => bad.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => bad.push(`error: ${error}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // A page that is left aborts the request for its icon; a dialog that closes ends the worker whose program loads.
    if (isGivenUp(why) && /\.svg$|\/tools-[^/]*$/.test(request.url())) return;
    bad.push(`${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) bad.push(`${response.status()} ${response.url()}`);
  });
  return { page, bad };
};

// Sets a site and a browser up around the tests of a file.
export const visits = (headers) => {
  const shared = {};
  before(async () => {
    shared.site = await serve(dist, "/sub/dir/", { headers });
    shared.browser = await launch();
  });
  after(async () => {
    await shared.browser?.close();
    shared.site?.close();
  });
  const fresh = async (options) => watched(await (await shared.browser.newContext(options)).newPage());
  return { fresh, url: (fragment = "") => shared.site.url + fragment };
};
