import type { Element, ElementContent, Parents, RootContent } from 'hast';
import { readAddress } from './address.ts';
import { highlightCode } from './code.ts';
import { setFormula } from './formula.ts';
import type { MarkdownLabels } from './labels.ts';
import { missingPicture, type Slot } from './slots.ts';
import { slugOf, uniqueSlugs } from './slug.ts';
import { countWords, textOf } from './text.ts';

export interface Heading {
  /** The anchor inside the HTML, prefix included. */
  id: string;
  text: string;
}

export interface Decorations {
  labels: MarkdownLabels;
  idPrefix: string;
  /** Of the text's first headings, 2 if it is not said. */
  topHeading?: 2 | 3;
  siteUrl: string | undefined;
  /** Keeps a place free for a slot and returns what stands there meanwhile. */
  reserve: (slot: Slot) => string;
}

type Raw = { type: 'raw'; value: string };
type Content = ElementContent | RootContent | Raw;

/** Adds our own to a sanitised tree, in place. Everything it takes from the tree is text or an address that passed `readAddress`. */
export function decorate(root: Parents, decorations: Decorations): { headings: Heading[]; words: number } {
  const { labels, idPrefix, topHeading = 2, siteUrl, reserve } = decorations;
  const headings: Heading[] = [];
  const slug = uniqueSlugs();
  let words = 0;
  // The underscore keeps the ids of footnotes apart from those of headings, which are slugs.
  const noteId = (id: string) => `${idPrefix}_${id}`;

  function decorateChildren(parent: Parents, inLink = false): void {
    const children = (parent.children as Content[]).flatMap((child): Content[] => {
      if (child.type === 'text') words += countWords(child.value);
      return child.type === 'element' ? decorateElement(child, inLink) : [child];
    });
    parent.children = children as typeof parent.children;
  }

  function decorateElement(element: Element, inLink: boolean): Content[] {
    const { properties } = element;
    switch (element.tagName) {
      case 'img':
        return [picture(element, inLink)];
      case 'pre':
        return [block(element)];
      case 'code':
        if (!hasClass(element, 'math-inline')) break;
        words += 1;
        return [formula(textOf(element), false)];
      case 'a':
        if (properties.dataFootnoteRef === undefined && properties.dataFootnoteBackref === undefined) return link(element);
        properties.href = `#${noteId(String(properties.href).slice(1))}`;
        if (properties.ariaDescribedBy !== undefined) properties.ariaDescribedBy = [noteId('label')];
        break;
      case 'h1':
      case 'h2':
        heading(element);
        return [element];
      case 'h3':
      case 'h4':
      case 'h5':
        if (topHeading === 3) element.tagName = `h${Number(element.tagName[1]) + 1}`;
        break;
      case 'table':
        decorateChildren(element);
        return [scrollBox(labels.table, [element])];
      case 'th':
        properties.scope = 'col';
        break;
      case 'input':
        properties.ariaLabel = properties.checked ? labels.taskDone : labels.taskOpen;
        break;
    }
    if (properties.id !== undefined) properties.id = noteId(String(properties.id));
    decorateChildren(element, inLink);
    return [element];
  }

  function heading(element: Element): void {
    const text = textOf(element).replace(/\s+/g, ' ').trim();
    decorateChildren(element);
    // The page around has its one h1.
    element.tagName = `h${topHeading}`;
    if (element.properties.id === 'footnote-label') {
      element.properties.id = noteId('label');
      return;
    }
    const id = idPrefix + slug(text);
    element.properties.id = id;
    headings.push({ id, text });
  }

  function link(element: Element): Content[] {
    const { properties } = element;
    decorateChildren(element, true);
    const address = readAddress(String(properties.href ?? ''), siteUrl);
    delete properties.href;
    switch (address.kind) {
      case 'file': {
        const { name } = address;
        return [raw(reserve({ kind: 'link-start', name })), ...element.children, raw(reserve({ kind: 'link-end', name }))];
      }
      case 'anchor':
        properties.href = `#${idPrefix}${slugOf(address.fragment)}`;
        return [element];
      case 'outside':
        Object.assign(properties, outsideLink(address.href));
        return [element];
      case 'inside':
      case 'mail':
        properties.href = address.href;
        return [element];
      case 'refused':
        return element.children;
    }
  }

  function picture(element: Element, inLink: boolean): Content {
    const src = String(element.properties.src ?? '');
    const alt = String(element.properties.alt ?? '');
    const address = readAddress(src, siteUrl);
    if (address.kind === 'file')
      return raw(reserve({ kind: 'picture', name: address.name, alt, title: String(element.properties.title ?? '') }));
    // A picture of another host would tell that host who reads the page.
    if (address.kind !== 'outside' || inLink) return raw(missingPicture(alt, labels));
    return {
      type: 'element',
      tagName: 'a',
      properties: outsideLink(address.href),
      children: [{ type: 'text', value: alt || address.href }],
    };
  }

  function block(pre: Element): Content {
    const [code] = pre.children;
    if (code?.type !== 'element') return pre;
    const source = textOf(code);
    if (hasClass(code, 'math-display')) {
      words += 1;
      return scrollBox(labels.formula, [formula(source, true)]);
    }
    words += countWords(source);
    const language = /^language-(.+)$/.exec(String(classesOf(code)[0] ?? ''))?.[1]?.toLowerCase();
    const html = language === undefined ? null : highlightCode(source, language);
    if (html !== null) code.children = [raw(html) as unknown as ElementContent];
    return scrollBox(labels.code, [pre]);
  }

  decorateChildren(root);
  return { headings, words };
}

function formula(tex: string, display: boolean): Content {
  const set = setFormula(tex, display);
  if (set.ok) return raw(set.html);
  const code: Element = {
    type: 'element',
    tagName: 'code',
    properties: { className: ['md-formula-source'] },
    children: [{ type: 'text', value: tex }],
  };
  return display ? { type: 'element', tagName: 'pre', properties: {}, children: [code] } : code;
}

/** What may be wider than the page scrolls by itself, with the keyboard too. */
function scrollBox(label: string, children: Content[]): Element {
  const properties = { className: ['md-scroll'], role: 'group', tabIndex: 0, ariaLabel: label };
  return { type: 'element', tagName: 'div', properties, children: children as ElementContent[] };
}

function outsideLink(href: string): { href: string; target: string; rel: string[] } {
  return { href, target: '_blank', rel: ['noopener', 'noreferrer', 'nofollow'] };
}

function raw(value: string): Raw {
  return { type: 'raw', value };
}

function classesOf(element: Element): unknown[] {
  return Array.isArray(element.properties.className) ? element.properties.className : [];
}

function hasClass(element: Element, name: string): boolean {
  return classesOf(element).includes(name);
}
