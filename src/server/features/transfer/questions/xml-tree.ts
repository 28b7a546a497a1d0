import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element with everything inside. Its texts are decoded. */
export interface XmlElement {
  attribute(name: string): string;
  /** Own text. */
  text: string;
  all(name: string): XmlElement[];
  /** The first; an empty one where there is none. */
  one(name: string): XmlElement;
  has(name: string): boolean;
}

export type XmlRead = { ok: true; root: XmlElement } | { ok: false; line: number | null };

const prefix = '@';
// What entities mean is decided here, so that a file can declare none of its own.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: prefix,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: 'cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 50,
  // Every element is a list: one answer must not look otherwise than two.
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/** @param text without a document type: whoever needs one wants entities of their own */
export function readXml(text: string): XmlRead {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return { ok: false, line: valid.err.line };
  try {
    return { ok: true, root: elementOf(parser.parse(text)) };
  } catch {
    return { ok: false, line: null };
  }
}

type Raw = { [name: string]: unknown };

function elementOf(raw: unknown): XmlElement {
  const node: Raw = typeof raw === 'object' && raw !== null ? { ...raw } : { '#text': raw };
  const all = (name: string) => listOf(node[name]).map(elementOf);
  return {
    attribute: (name) => decoded(String(node[`${prefix}${name}`] ?? '')),
    text:
      listOf(node['#text'])
        .map((part) => decoded(String(part)))
        .join('') + listOf(node.cdata).map(plainOf).join(''),
    all,
    one: (name) => all(name)[0] ?? elementOf(''),
    has: (name) => name in node,
  };
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function plainOf(part: unknown): string {
  return typeof part === 'object' && part !== null
    ? listOf((part as Raw)['#text'])
        .map(String)
        .join('')
    : String(part);
}

const named: { [name: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
