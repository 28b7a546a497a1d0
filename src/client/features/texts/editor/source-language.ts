import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { yamlFrontmatter } from '@codemirror/lang-yaml';
import { HighlightStyle, type LanguageSupport, syntaxHighlighting } from '@codemirror/language';
import { Tag, tags } from '@lezer/highlight';
import type { TextKind } from '#shared/texts.ts';

type Extension = NonNullable<NonNullable<Parameters<typeof markdown>[0]>['extensions']>;

const formula = Tag.define();
const dollar = 36;

/** `$…$` and `$$…$$` in a line, and `$$` on lines of their own: as remark-math reads them on the server. */
const formulas: Extension = {
  defineNodes: [
    { name: 'Formula', style: formula },
    { name: 'FormulaBlock', block: true, style: formula },
  ],
  parseInline: [
    {
      name: 'Formula',
      before: 'Emphasis',
      parse(context, next, from) {
        if (next !== dollar || context.char(from - 1) === dollar) return -1;
        let open = from + 1;
        while (context.char(open) === dollar) open += 1;
        const fence = '$'.repeat(open - from);
        for (let at = context.slice(open, context.end).indexOf(fence) + open; at >= open; ) {
          let end = at + fence.length;
          while (context.char(end) === dollar) end += 1;
          // A run of another length is part of the formula.
          if (end - at === fence.length) return context.addElement(context.elt('Formula', from, end));
          const rest = context.slice(end, context.end).indexOf(fence);
          at = rest < 0 ? -1 : end + rest;
        }
        return -1;
      },
    },
  ],
  parseBlock: [
    {
      name: 'FormulaBlock',
      before: 'FencedCode',
      parse(context, line) {
        const opened = /^\s{0,3}\$\$+[^$]*$/.test(line.text);
        if (!opened) return false;
        const from = context.lineStart + line.pos;
        while (context.nextLine()) {
          if (!/^\s{0,3}\$\$+\s*$/.test(line.text)) continue;
          const to = context.lineStart + line.text.length;
          context.nextLine();
          context.addElement(context.elt('FormulaBlock', from, to));
          return true;
        }
        context.addElement(context.elt('FormulaBlock', from, context.prevLineEnd()));
        return true;
      },
      endLeaf: (_context, line) => /^\s{0,3}\$\$+[^$]*$/.test(line.text),
    },
  ],
};

/** A task's source begins with a front matter, theory and descriptions are Markdown alone. */
export function sourceLanguage(kind: TextKind): LanguageSupport {
  const prose = markdown({ base: markdownLanguage, extensions: formulas, completeHTMLTags: false });
  return kind === 'task' ? yamlFrontmatter({ content: prose }) : prose;
}

/** One green for keys, ochre for formulas, ink for the rest (design guide, picture i). */
export const sourceColours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.definition(tags.propertyName), color: 'var(--mantine-color-board-7)' },
    { tag: formula, color: 'var(--mantine-color-yellow-8)' },
    { tag: tags.heading, fontWeight: '600' },
    { tag: tags.strong, fontWeight: '600' },
    { tag: tags.emphasis, fontStyle: 'italic' },
    { tag: tags.strikethrough, textDecoration: 'line-through' },
    { tag: [tags.meta, tags.comment, tags.processingInstruction, tags.contentSeparator], color: 'var(--dimmed)' },
    { tag: [tags.link, tags.url], color: 'var(--mantine-color-board-7)' },
    { tag: tags.monospace, color: 'var(--mantine-color-gray-8)' },
  ]),
);
