import { createHash } from 'node:crypto';

/**
 * Where something is drawn early the page's scripts are fetched and run from this on: when the first picture is on the screen, or soon, where there is none (a
 * tab in the background). Fetched before, they would take the line from what is to be read; and those that are in the cache would run before anything is
 * painted. They run when all of the page is there: its answers stand at its end, and on a slow line the scripts of an earlier visit would be faster.
 */
const afterPaint =
  '(begin=>{new PerformanceObserver(begin).observe({type:"paint",buffered:true});setTimeout(begin,300)})(()=>{' +
  'const later=document.getElementById("later");if(!later)return;document.head.append(later.content);later.remove();' +
  'const run=()=>import(document.getElementById("app-script").href);' +
  'document.readyState==="loading"?addEventListener("DOMContentLoaded",run):run()})';

/** By this the content policy knows it, and nothing else that stands in a page. */
export const afterPaintHash = `sha256-${createHash('sha256').update(afterPaint).digest('base64')}`;

/** The page as the build wrote it, and apart from it what fetches its scripts, the main one by its name. */
export function withoutScripts(html: string): { html: string; scripts: string } {
  const scripts: string[] = [];
  const rest = html.replaceAll(
    /<script type="module"([^>]*) src="([^"]*)"><\/script>|<link rel="modulepreload"[^>]*>/g,
    (whole: string, looks: string, href: string | undefined) => {
      scripts.push(href === undefined ? whole : `<link rel="modulepreload"${looks} id="app-script" href="${href}">`);
      return '';
    },
  );
  return { html: rest, scripts: scripts.join('') };
}

/** For the head: these scripts, when it is time. */
export const begunAfterPaint = (scripts: string): string => `<template id="later">${scripts}</template><script>${afterPaint}</script>`;
