import type { MarkKind, TextMark } from './linear.ts';

interface OpenMark {
  kind: MarkKind;
  detail?: string | undefined;
  /** Null until something is written into it: a mark over nothing is none, and one never begins with the space before its word. */
  start: number | null;
  /** Items of lists around it. */
  items: number;
}

/** Writes words, gaps and marks one after another, as a page would show them: spaces and empty lines are only written when something follows. */
export class LineWriter {
  private text = '';
  private readonly marks: TextMark[] = [];
  private readonly open: OpenMark[] = [];
  private readonly items: { bullet: string; written: boolean }[] = [];
  private lines = 0;
  private space = false;
  private close = false;

  /** Text of a paragraph: any white space is one space. */
  words(text: string): void {
    for (const piece of text.match(/[ \t\r\n]+|[^ \t\r\n]+/g) ?? []) {
      if (/^[ \t\r\n]/.test(piece)) this.space = true;
      else this.write(piece);
    }
  }

  /** Text whose spaces and lines count. */
  asTyped(text: string): void {
    if (text !== '') this.write(text);
  }

  marked(mark: { kind: MarkKind; detail?: string | undefined }, inside: () => void): void {
    // Bold in bold is bold, and quotations have no quotations in them.
    if (this.open.some(({ kind }) => kind === mark.kind)) {
      inside();
      return;
    }
    const opened: OpenMark = { ...mark, start: null, items: this.items.length };
    this.open.push(opened);
    inside();
    this.open.pop();
    if (opened.start !== null) this.marks.push({ ...mark, start: opened.start, end: this.text.length });
  }

  item(bullet: string, inside: () => void): void {
    this.gap(1);
    this.items.push({ bullet, written: false });
    inside();
    this.items.pop();
    this.gap(1);
  }

  /** At least so many line ends before what comes next. */
  gap(lines: number): void {
    this.lines = Math.max(this.lines, this.close ? 1 : lines);
    this.space = false;
  }

  /** What comes next stands on the next line, whatever gap it asks for. */
  keepClose(): void {
    this.lines = 1;
    this.close = true;
  }

  lineBreak(): void {
    this.lines = Math.min(this.lines + 1, 2);
    this.space = false;
  }

  finish(): { text: string; marks: TextMark[] } {
    // Outer before inner where both begin at one place: inner ones were closed first.
    const marks = this.marks.map((mark, place) => ({ mark, place }));
    marks.sort((a, b) => a.mark.start - b.mark.start || b.place - a.place);
    return { text: this.text, marks: marks.map(({ mark }) => mark) };
  }

  private write(text: string): void {
    const begins = this.text === '' || this.lines > 0;
    if (this.text !== '') this.text += '\n'.repeat(this.lines);
    else this.space = false;
    this.start((kind) => kind === 'blockquote');
    if (begins) this.beginItems();
    else if (this.space) this.text += ' ';
    this.start(() => true);
    this.lines = 0;
    this.space = false;
    this.close = false;
    this.text += text;
  }

  private start(which: (kind: MarkKind) => boolean): void {
    for (const mark of this.open) if (which(mark.kind)) mark.start ??= this.text.length;
  }

  /** Bullets, and room under the bullets of lines before; not inside a quotation or a program that stands in an item. */
  private beginItems(): void {
    const outside = Math.max(0, ...this.open.filter(({ kind }) => kind === 'blockquote' || kind === 'pre').map(({ items }) => items));
    for (const [depth, item] of this.items.entries()) {
      if (!item.written) this.text += item.bullet;
      else if (depth >= outside) this.text += ' '.repeat(item.bullet.length);
      item.written = true;
    }
  }
}
