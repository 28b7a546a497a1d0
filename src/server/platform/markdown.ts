/**
 * Markdown to safe HTML. The order is the defence: parse → HTML tree of what Markdown can express → sanitise by an exact schema → add our own
 * (formulas, highlighting, links, pictures, scroll boxes) → write out. Nothing an author types can become markup after the sanitiser.
 */
import { randomUUID } from 'node:crypto';
import type { Root, RootContent } from 'hast';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { createCharacterCache } from './markdown/cache.ts';
import { decorate, type Heading } from './markdown/decorate.ts';
import { isDenseMessage } from './markdown/dense.ts';
import { findHeavyLine, mostFormulaCharacters } from './markdown/heavy.ts';
import { type MarkdownLabels, russianLabels } from './markdown/labels.ts';
import { asMessage, finishMessage, formulaCharacters, isPlainLine, longestMessageHtml, mostFormulasOfMessage } from './markdown/message.ts';
import { createHtmlMaker, type Extent, parseMarkdown } from './markdown/parse.ts';
import { type Mark, markPlaces } from './markdown/places.ts';
import { type FileUrl, fillSlot, type Slot } from './markdown/slots.ts';
import { countWords, escapeHtml } from './markdown/text.ts';

export type { Heading } from './markdown/decorate.ts';
export type { MarkdownLabels } from './markdown/labels.ts';
export { type Mark, noteId } from './markdown/places.ts';
export type { FileAddress, FileUrl } from './markdown/slots.ts';

export interface MarkdownContext {
  /** Address and size of a file named `files/<name>` in the text; null or absent: there is no such file. Asked at every call, also for cached texts. */
  fileUrl?: FileUrl;
  /** Stands before every id, so that several texts fit on one page. Default «s-», which keeps headings off the ids of the page itself. */
  idPrefix?: string;
  /** The level of the text's own first headings: 3 where its title is a heading of the second level. Default 2. */
  topHeading?: 2 | 3;
}

export interface RenderedMarkdown {
  html: string;
  /** `##` headings in order. */
  headings: Heading[];
  /** Words to read; a formula counts as one. */
  words: number;
}

/**
 * Pure and synchronous; the same input gives the same output. Never throws, whatever the text. What would take seconds (thousands of asterisks,
 * lists in lists) is shown as it was typed.
 */
export interface Markdown {
  render(source: string, context?: MarkdownContext): RenderedMarkdown;
  /**
   * A text that somebody else remarks on: every piece says where in the source it stands, and the remarks are set into it. Not kept in the cache:
   * such a text is read by two people, and each remark makes another one.
   */
  renderMarked(source: string, marks: readonly Mark[], idPrefix: string): string;
  /**
   * A message of a chat, of at most some thousand characters: lines end where they were ended, headings are no headings, files of a topic are missing.
   * What would take long is shown as it was typed. Kept in a cache of its own, so that the talk of a day does not drive out the texts of the courses.
   */
  renderMessage(source: string, idPrefix: string): string;
  /** One line, such as the text of an option: no blocks, only what may stand inside a label. */
  renderInline(source: string, context?: MarkdownContext): string;
}

export interface MarkdownOptions {
  /** Address of the school: absolute links to it open in the same tab. */
  siteUrl?: string;
  labels?: MarkdownLabels;
  /** Bound of the cache, in characters of source and HTML together. */
  cacheCharacters?: number;
  /** The same for messages. */
  messageCacheCharacters?: number;
}

/** A text rendered but for its slots: html[0] slot[0] html[1] slot[1] … html[n]. */
interface Template {
  html: string[];
  slots: Slot[];
  headings: Heading[];
  words: number;
}

const longestSource = 300_000;
const writer = unified().use(rehypeStringify, { allowDangerousHtml: true }).freeze();

export function createMarkdown({
  siteUrl,
  labels = russianLabels,
  cacheCharacters = 12_000_000,
  messageCacheCharacters = 4_000_000,
}: MarkdownOptions = {}): Markdown {
  const messages = createCharacterCache<string>(messageCacheCharacters);
  const cache = createCharacterCache<Template>(cacheCharacters);
  const toHtmlTree = createHtmlMaker(labels);
  // Unguessable, so that no text can hold the mark of a slot. Marks never leave this function.
  const mark = `<!--${randomUUID()}-->`;

  function templateOf(source: string, extent: Extent, idPrefix: string, topHeading: 2 | 3): Template {
    const key = `${extent}\n${topHeading}\n${idPrefix}\n${source}`;
    const known = cache.get(key);
    if (known) return known;
    const template = makeTemplate(source, extent, idPrefix, topHeading);
    cache.set(
      key,
      template,
      template.html.reduce((sum, part) => sum + part.length, 0),
    );
    return template;
  }

  function makeTemplate(source: string, extent: Extent, idPrefix: string, topHeading: 2 | 3): Template {
    if (source.length > longestSource || findHeavyLine(source)) return asTyped(source, extent);
    const slots: Slot[] = [];
    const reserve = (slot: Slot) => {
      slots.push(slot);
      return mark;
    };
    try {
      const parsed = parseMarkdown(source, extent);
      if (formulaCharacters(parsed) > mostFormulaCharacters) return asTyped(source, extent);
      const tree = toHtmlTree(parsed);
      if (extent === 'inline') unwrapParagraphs(tree);
      const { headings, words } = decorate(tree, { labels, idPrefix, topHeading, siteUrl, reserve });
      return { html: writer.stringify(tree).split(mark), slots, headings, words };
    } catch (error) {
      // What nests deeper than the stack, such as ten thousand lists in each other, nobody means either.
      if (error instanceof RangeError) return asTyped(source, extent);
      throw error;
    }
  }

  function render(source: string, extent: Extent, { fileUrl, idPrefix = 's-', topHeading = 2 }: MarkdownContext): RenderedMarkdown {
    const { html, slots, headings, words } = templateOf(source, extent, idPrefix, topHeading);
    let filled = html[0] ?? '';
    for (const [i, slot] of slots.entries()) filled += fillSlot(slot, fileUrl, labels) + (html[i + 1] ?? '');
    return { html: filled, headings, words };
  }

  function renderMarked(source: string, marks: readonly Mark[], idPrefix: string): string {
    if (findHeavyLine(source)) return asTyped(source, 'block').html.join('');
    try {
      const tree = toHtmlTree(parseMarkdown(source));
      markPlaces(tree, source, marks, idPrefix);
      // Such a text has no files of its own: what it calls one is missing.
      decorate(tree, { labels, idPrefix, siteUrl, reserve: (slot) => fillSlot(slot, undefined, labels) });
      return writer.stringify(tree);
    } catch (error) {
      if (error instanceof RangeError) return asTyped(source, 'block').html.join('');
      throw error;
    }
  }

  function renderMessage(source: string, idPrefix: string): string {
    const key = `${idPrefix}\n${source}`;
    const known = messages.get(key);
    if (known !== undefined) return known;
    const html = makeMessage(source, idPrefix);
    messages.set(key, html, html.length);
    return html;
  }

  function makeMessage(source: string, idPrefix: string): string {
    if (isPlainLine(source)) return `<p>${source}</p>`;
    return makeMarkedUp(source, idPrefix);
  }

  function makeMarkedUp(source: string, idPrefix: string): string {
    if (isDenseMessage(source)) return asTyped(source, 'block').html.join('');
    try {
      const parsed = parseMarkdown(source);
      if (formulaCharacters(parsed) > mostFormulasOfMessage) return asTyped(source, 'block').html.join('');
      const tree = toHtmlTree(asMessage(parsed));
      decorate(tree, { labels, idPrefix, siteUrl, reserve: (slot) => fillSlot(slot, undefined, labels) });
      finishMessage(tree);
      const html = writer.stringify(tree);
      return html.length > longestMessageHtml ? asTyped(source, 'block').html.join('') : html;
    } catch (error) {
      if (error instanceof RangeError) return asTyped(source, 'block').html.join('');
      throw error;
    }
  }

  return {
    renderMarked,
    renderMessage,
    render: (source, context = {}) => render(source, 'block', context),
    renderInline: (source, context = {}) => render(source, 'inline', context).html,
  };
}

function asTyped(source: string, extent: Extent): Template {
  const html = extent === 'inline' ? escapeHtml(source) : `<pre class="md-as-typed">${escapeHtml(source)}</pre>`;
  return { html: [html], slots: [], headings: [], words: countWords(source) };
}

/** Leaves what stands inside the paragraphs; a blank line between two becomes the line break it already is in the tree. */
function unwrapParagraphs(tree: Root): void {
  tree.children = tree.children.flatMap((child): RootContent[] =>
    child.type === 'element' && child.tagName === 'p' ? child.children : [child],
  );
}
