import type { Heading, RootContent } from 'mdast';
import { parseMarkdown } from '../../platform/markdown/parse.ts';
import type { SourceProblem } from './problems.ts';
import { linesIn } from './source-text.ts';

export interface SectionText {
  text: string;
  /** Line of the file at which the text begins. */
  line: number;
}
export type Sections = { [name in 'statement' | 'hint' | 'solution']?: SectionText };

const titles: Record<string, 'hint' | 'solution'> = { подсказка: 'hint', hint: 'hint', решение: 'solution', solution: 'solution' };

/** Splits the body of a task at `# Подсказка` and `# Решение`. Markdown itself says what a heading is: a «#» in code or in a quotation is none. */
export function splitSections(body: string, bodyLine: number, problems: SourceProblem[]): Sections {
  const starts: { name: keyof Sections; from: number; to: number; line: number }[] = [
    { name: 'statement', from: 0, to: 0, line: bodyLine },
  ];
  for (const node of parseMarkdown(body).children) {
    const name = sectionOf(node);
    const { position } = node;
    if (!name || !position) continue;
    starts.push({ name, from: position.start.offset ?? 0, to: position.end.offset ?? 0, line: bodyLine - 1 + position.start.line });
  }
  const sections: Sections = {};
  for (const [i, { name, to, line }] of starts.entries()) {
    const section = trimmed(body.slice(to, starts[i + 1]?.from), bodyLine + linesIn(body.slice(0, to)));
    if (sections[name]) problems.push({ line, code: 'section-twice', section: name });
    else if (section.text === '') problems.push({ line, code: name === 'statement' ? 'section-missing' : 'section-empty', section: name });
    sections[name] ??= section;
  }
  return sections;
}

function sectionOf(node: RootContent): 'hint' | 'solution' | null {
  if (node.type !== 'heading' || node.depth !== 1) return null;
  return titles[textOfHeading(node).trim().toLowerCase()] ?? null;
}

function textOfHeading(heading: Heading): string {
  return heading.children.map((child) => ('value' in child ? child.value : '\0')).join('');
}

/** Without the empty lines around; spaces at the beginning of the first line may be code. */
function trimmed(text: string, line: number): SectionText {
  const blank = /^(?:[ \t]*\n)*/.exec(text)?.[0] ?? '';
  return { text: text.slice(blank.length).trimEnd(), line: line + linesIn(blank) };
}
