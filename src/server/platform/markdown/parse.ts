import type { Element, Root as HtmlRoot, Text } from 'hast';
import type { Html, Root as MarkdownRoot, Parents } from 'mdast';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { type Processor, unified } from 'unified';
import { type MarkdownLabels, russianLabels } from './labels.ts';
import { safeSchema } from './schema.ts';

/** A whole text, or one line such as the text of an option. */
export type Extent = 'block' | 'inline';

const parsers = {
  block: unified().use(remarkParse).use(remarkGfm).use(remarkMath).freeze(),
  inline: unified().use(remarkParse).use(remarkGfm).use(remarkMath).use(inlineOnly).freeze(),
};

export function parseMarkdown(source: string, extent: Extent = 'block'): MarkdownRoot {
  return parsers[extent].parse(source);
}

/** In an option «1. 5» is no list and «> 0» no quotation: everything that begins a block but a paragraph is off. */
function inlineOnly(this: Processor): void {
  const blocks = [
    'blockQuote',
    'codeFenced',
    'codeIndented',
    'definition',
    'headingAtx',
    'htmlFlow',
    'list',
    'setextUnderline',
    'thematicBreak',
  ];
  const extensions = ['gfmFootnoteDefinition', 'mathFlow', 'table'];
  const data = this.data() as { micromarkExtensions?: object[] };
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: [...blocks, ...extensions] } }];
}

function htmlAsText(_state: unknown, node: Html, parent: Parents | undefined): Text | Element {
  const text: Text = { type: 'text', value: node.value };
  const inLine = parent !== undefined && parent.type !== 'root' && parent.type !== 'blockquote' && parent.type !== 'listItem';
  return inLine ? text : { type: 'element', tagName: 'p', properties: {}, children: [text] };
}

/** Turns a parsed text into HTML that is safe to show. HTML in the source is shown as the text it is, so that nothing vanishes. */
export function createHtmlMaker(labels: MarkdownLabels = russianLabels): (tree: MarkdownRoot) => HtmlRoot {
  const maker = unified()
    .use(remarkRehype, {
      clobberPrefix: '',
      footnoteLabel: labels.footnotes,
      footnoteBackLabel: labels.backToText,
      handlers: { html: htmlAsText },
    })
    .use(rehypeSanitize, safeSchema)
    .freeze();
  return (tree) => maker.runSync(tree) as HtmlRoot;
}
