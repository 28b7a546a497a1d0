import type { Definition, Image, Link, Node, Root } from 'mdast';
import { EXIT, visit } from 'unist-util-visit';
import type { MarkdownProblem } from '#shared/source-problems.ts';
import { readAddress } from './address.ts';
import { setFormula } from './formula.ts';
import { findHeavyLine, mostFormulaCharacters } from './heavy.ts';
import { type Extent, parseMarkdown } from './parse.ts';

export interface MarkdownInspection {
  problems: MarkdownProblem[];
  /** Files of the topic that the text shows or links to. */
  files: { name: string; line: number }[];
}

/** Reads a text as its author's editor does. @param firstLine line of the file at which the text begins */
export function inspectMarkdown(source: string, firstLine = 1, extent: Extent = 'block'): MarkdownInspection {
  const inspection: MarkdownInspection = { problems: [], files: [] };
  const heavy = findHeavyLine(source);
  if (heavy) {
    inspection.problems.push({ line: firstLine + heavy.line, code: 'too-dense', limit: heavy.limit });
    return inspection;
  }
  const tree = parseMarkdown(source, extent);
  let formulas = 0;
  const lineOf = (node: Node) => firstLine - 1 + (node.position?.start.line ?? 1);
  visit(tree, (node) => {
    const line = lineOf(node);
    switch (node.type) {
      case 'html':
        inspection.problems.push({ line, code: 'md-html', found: beginningOf(node.value) });
        return;
      case 'math':
      case 'inlineMath': {
        formulas += node.value.length;
        if (formulas > mostFormulaCharacters) {
          inspection.problems.push({ line, code: 'too-dense', limit: mostFormulaCharacters });
          return EXIT;
        }
        const set = setFormula(node.value, node.type === 'math');
        if (!set.ok) inspection.problems.push({ line, code: 'md-formula', formula: beginningOf(node.value), reason: set.reason });
        return;
      }
      case 'heading':
        if (node.depth === 1) inspection.problems.push({ line, code: 'md-heading-level-one' });
        return;
      case 'image':
        inspectPicture(node, node.alt, line, inspection);
        return;
      case 'imageReference': {
        const definition = definitionOf(tree, node.identifier);
        if (definition) inspectPicture(definition, node.alt, line, inspection);
        return;
      }
      case 'link':
      case 'definition':
        inspectLink(node, line, inspection);
        return;
    }
  });
  return inspection;
}

function inspectPicture(
  { url }: Image | Definition,
  alt: string | null | undefined,
  line: number,
  { problems, files }: MarkdownInspection,
): void {
  const address = readAddress(url);
  if (address.kind === 'file') files.push({ name: address.name, line });
  else problems.push({ line, code: 'md-picture-not-in-files', url });
  if ((alt ?? '').trim() === '') problems.push({ line, code: 'md-picture-without-description', url });
}

function inspectLink({ url }: Link | Definition, line: number, { problems, files }: MarkdownInspection): void {
  const address = readAddress(url);
  if (address.kind === 'file') files.push({ name: address.name, line });
  else if (address.kind === 'refused') problems.push({ line, code: 'md-link-refused', url });
}

function definitionOf(tree: Root, identifier: string): Definition | undefined {
  let found: Definition | undefined;
  visit(tree, 'definition', (node) => {
    found ??= node.identifier === identifier ? node : undefined;
  });
  return found;
}

function beginningOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
