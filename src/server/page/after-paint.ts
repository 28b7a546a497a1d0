import { createHash } from 'node:crypto';

/**
 * Scripts that are in the cache run before anything is painted, and what was drawn early would be seen as late as they are done. The page begins its main
 * script by this instead: when the first picture is on the screen, or soon, where there is none (a tab in the background). And when all of the page is there:
 * its answers stand at its end, and on a slow line the scripts of an earlier visit would be faster.
 */
export const afterPaint =
  '(load=>{const begin=()=>document.readyState==="loading"?addEventListener("DOMContentLoaded",load):load();' +
  'new PerformanceObserver(begin).observe({type:"paint",buffered:true});setTimeout(begin,300)})' +
  '(()=>import(document.getElementById("app-script").href))';

/** By this the content policy knows it, and nothing else that stands in a page. */
export const afterPaintHash = `sha256-${createHash('sha256').update(afterPaint).digest('base64')}`;

/** The page as the build wrote it, with its main script begun that way; fetched it is at once. */
export function begunAfterPaint(html: string): string {
  return html.replace(
    /<script type="module"([^>]*) src="([^"]*)"><\/script>/,
    (_, looks: string, href: string) => `<link rel="modulepreload"${looks} id="app-script" href="${href}"><script>${afterPaint}</script>`,
  );
}
