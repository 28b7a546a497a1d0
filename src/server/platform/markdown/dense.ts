import { namesFormulas } from './formula.ts';

/**
 * What makes Markdown slow or its HTML huge: the square of these signs in one paragraph, of lines that lean on the line before, of lists in lists; a
 * cell for every column in every row of a table; a page of markup for every formula. No text that a person means comes near.
 */
const most = { signsOfParagraph: 600, lines: 1200, dollars: 1500, columns: 20, depth: 8, indent: 80 };
const signs = /[*_~[\]<!`&]/g;
/** All that opens lists and quotations at the beginning of a line. Its alternatives begin differently, so there is one way to read a line. */
const openings = /^(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/;

const countOf = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** To be shown as it was typed: what students write comes from anybody, and pages are served by the process that renders it. */
export function isDense(text: string): boolean {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return (
    lines.length > most.lines ||
    countOf(text, /\$/g) > most.dollars ||
    namesFormulas.test(text) ||
    lines.some(isDenseLine) ||
    text.split(/\n[ \t]*\n/).some((paragraph) => countOf(paragraph, signs) > most.signsOfParagraph)
  );
}

function isDenseLine(line: string): boolean {
  const opening = openings.exec(line)?.[0] ?? '';
  return countOf(line, /\|/g) > most.columns || opening.length > most.indent || countOf(opening, /[-+*>]|\d+/g) > most.depth;
}

/** The same for a message, which is rendered by the hundred: a few milliseconds each, whatever is sent. Program text in fences counts nothing. */
const mostOfMessage = { signs: 300, signsOfParagraph: 150, lines: 200, dollars: 80, cells: 200, links: 80, fences: 40 };

/** To be shown as it was typed. @param text of at most some thousand characters */
export function isDenseMessage(text: string): boolean {
  const prose = withoutFences(text);
  return (
    countOf(text, /^```/gm) > mostOfMessage.fences ||
    isDense(prose) ||
    countOf(prose, signs) > mostOfMessage.signs ||
    prose.split(/\n[ \t]*\n/).some((paragraph) => countOf(paragraph, signs) > mostOfMessage.signsOfParagraph) ||
    countOf(prose, /\n[ \t]*(?=\S)/g) > mostOfMessage.lines ||
    countOf(prose, /\$/g) > mostOfMessage.dollars ||
    countOf(prose, /\|/g) > mostOfMessage.cells ||
    countOf(prose, /@|www\.|:\/\//gi) > mostOfMessage.links
  );
}

/**
 * All but what stands between fences at the beginning of a line. Where something else could make the parser see a fence another way (an HTML block or
 * a formula that began before it), nothing is left out.
 */
function withoutFences(text: string): string {
  const lines: string[] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (inside) {
      if (/^```[ \t]*$/.test(line)) inside = false;
    } else if (/^```[\w+#-]*[ \t]*$/.test(line)) {
      inside = true;
    } else {
      if (/^ {0,3}<|\$\$/.test(line)) return text;
      lines.push(line);
    }
  }
  return lines.join('\n');
}
