import { doubledLetters, functionNames, inSmallSigns, signOfCommand, spacedSigns, transparentCommands } from './formula-signs.ts';

/** Longer ones are read better as what they are: source. */
const longestFormula = 300;

/**
 * A formula as one would write it in a message: `\frac{a}{b}` is a/b, `x^2` is x², `\le` is ≤. Null where that would not be read without doubt
 * (matrices, systems, unknown commands): then the source says more.
 */
export function formulaAsText(tex: string): string | null {
  if (tex.length > longestFormula) return null;
  try {
    const reader = new FormulaReader(tex);
    const text = withFractions(reader.readUntil('end'));
    return text.replace(/ +/g, ' ').trim() || null;
  } catch (error) {
    if (error instanceof NotText) return null;
    throw error;
  }
}

class NotText extends Error {}

/** Signs of no script that stand around a fraction until its neighbours are known: whether it needs brackets depends on them. */
const [opens, closes] = ['\ue000', '\ue001'];

class FormulaReader {
  private readonly tokens: string[];
  private place = 0;

  constructor(tex: string) {
    this.tokens = tex.match(/\\[a-zA-Z]+\*?|\\[\s\S]|\s+|[\s\S]/gu) ?? [];
  }

  readUntil(end: 'end' | '}' | ']'): string {
    let text = '';
    for (;;) {
      const token = this.tokens[this.place];
      if (token === undefined) {
        if (end === 'end') return text;
        throw new NotText();
      }
      this.place += 1;
      if (token === end) return text;
      if (token === '^' || token === '_') text = withIndex(text, this.readArgument(), token);
      else text = joined(text, this.valueOf(token));
    }
  }

  private valueOf(token: string): string {
    if (/^\s/.test(token)) return '';
    if (token === '{') return this.readUntil('}');
    if (token === '}' || token === '&' || token === '#' || token === '%') throw new NotText();
    if (token === '-') return '−';
    if (token === '~') return ' ';
    if (token === "'") return '′';
    // A comma between numbers is a decimal one, and what stands after it tells.
    if ((token === ',' || token === ';') && /^\s/.test(this.tokens[this.place] ?? '')) return `${token} `;
    if (token === '*') return '·';
    return token.startsWith('\\') ? this.command(token.slice(1)) : token;
  }

  private command(name: string): string {
    const sign = signOfCommand.get(name);
    if (sign !== undefined) {
      // «\left.» has no sign at all.
      if ((name === 'left' || name === 'right') && this.tokens[this.place] === '.') this.place += 1;
      return sign;
    }
    if (functionNames.has(name)) return `${name} `;
    if (transparentCommands.has(name)) return this.readWords();
    switch (name) {
      case 'frac':
      case 'dfrac':
      case 'tfrac':
        return `${opens}${bracketed(this.readArgument())}/${bracketed(this.readArgument(), 'below')}${closes}`;
      case 'sqrt':
        return this.root();
      case 'mathbb': {
        const letter = doubledLetters.get(this.readArgument());
        if (letter === undefined) throw new NotText();
        return letter;
      }
      case 'vec':
      case 'overrightarrow': {
        const letters = this.readArgument();
        return `${letters}\u20d7`;
      }
      case 'not':
        return this.negated();
    }
    throw new NotText();
  }

  private root(): string {
    let degree = '';
    if (this.tokens[this.place] === '[') {
      this.place += 1;
      const small = inSmallSigns(this.readUntil(']'), 'up');
      if (small === null) throw new NotText();
      degree = small === '²' ? '' : small;
    }
    return `${degree}√${bracketed(this.readArgument(), 'root')}`;
  }

  private negated(): string {
    const negations: Record<string, string> = { '=': '≠', '<': '≮', '>': '≯', '∈': '∉', '⊂': '⊄', '≡': '≢' };
    const sign = negations[this.readArgument()];
    if (sign === undefined) throw new NotText();
    return sign;
  }

  /** A group, a command with its own arguments, or one sign. */
  private readArgument(): string {
    while (/^\s/.test(this.tokens[this.place] ?? '')) this.place += 1;
    const token = this.tokens[this.place];
    if (token === undefined || token === '^' || token === '_') throw new NotText();
    this.place += 1;
    return this.valueOf(token).trim();
  }

  /** The words of `\text{…}`, whose spaces count. */
  private readWords(): string {
    if (this.tokens[this.place] !== '{') return this.readArgument();
    const end = this.tokens.indexOf('}', this.place);
    const words = this.tokens.slice(this.place + 1, end === -1 ? undefined : end).join('');
    if (end === -1 || /[\\{$]/.test(words)) return this.readArgument();
    this.place = end + 1;
    return words;
  }
}

function joined(text: string, next: string): string {
  if (next === '') return text;
  if (spacedSigns.test(next) && next.length <= 2) return `${text} ${next} `;
  if (/^[+−±∓]$/.test(next) && /[\p{L}\p{N})\]²-⁹₀-₉!′°ⁿ\ue001]\s?$/u.test(text)) return `${text} ${next} `;
  // «3sin x», but «x · sin x» and «2 sin x» are read at once.
  if (/^\p{L}{2,} $/u.test(next) && /[\p{L}\p{N})\ue001]$/u.test(text)) return `${text} ${next}`;
  // «√2x» could be the root of both.
  if (/√\p{L}?\p{N}*$/u.test(text) && /^[\p{L}\d]/u.test(next)) return `${text}·${next}`;
  return text + next;
}

function withIndex(text: string, index: string, place: '^' | '_'): string {
  if (index === '∘') return `${text.trimEnd()}°`;
  if (/^′+$/.test(index)) return `${text.trimEnd()}${index}`;
  const small = inSmallSigns(index, place === '^' ? 'up' : 'down');
  const base = text.trimEnd();
  // «sin²» goes on with a space, like «sin».
  const after = base === text ? '' : ' ';
  if (small !== null) return `${base}${small}${after}`;
  return `${base}${place}${/^[\p{L}\p{Nd}]+$/u.test(index) ? index : `(${index})`}${after}`;
}

/** «2\frac12» is two and a half, «\frac12x» is half of x: a fraction keeps its place among its neighbours. */
function withFractions(text: string): string {
  return text.replace(/[\ue000\ue001]/g, (sign, at: number) => {
    const before = text.slice(0, sign === opens ? at : startOf(text, at));
    const end = sign === opens ? endOf(text, at) : at;
    const mixed = /\d$/.test(before) && /^\d+\/\d+$/.test(text.slice(before.length + 1, end));
    if (mixed) return sign === opens ? ' ' : '';
    const held = /[\p{L}\p{N})\]!′°:÷/\ue001]\s?$/u.test(before) || /^[\p{L}\p{N}([√^_/′!°\ue000]/u.test(text.slice(end + 1));
    if (!held) return '';
    return sign === opens ? '(' : ')';
  });
}

/** Where the fraction ends that begins here. */
function endOf(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === opens) depth += 1;
    if (text[at] === closes) depth -= 1;
    if (depth === 0) return at;
  }
  throw new NotText();
}

function startOf(text: string, end: number): number {
  let depth = 0;
  for (let at = end; at >= 0; at -= 1) {
    if (text[at] === closes) depth += 1;
    if (text[at] === opens) depth -= 1;
    if (depth === 0) return at;
  }
  throw new NotText();
}

const undivided = {
  above: /^(?:\p{L}{1,2}|\d+(?:[.,]\d+)?\p{L}?|[α-ωΑ-Ω]|√[^\P{N}⁰¹²³-⁹₀-₉]+|∞)[⁰¹²³-⁹₀-₉ⁿ′°]*$/u,
  // «1/2a» could be half of a; two capitals are a side of a figure.
  below: /^(?:\p{L}|\p{Lu}{2}|\d+(?:[.,]\d+)?|√[^\P{N}⁰¹²³-⁹₀-₉]+|∞)[⁰¹²³-⁹₀-₉ⁿ′°]*$/u,
  // «√x²» could be the square of a root.
  root: /^(?:\p{L}[₀-₉]*|\d+(?:[.,]\d+)?)$/u,
};

/** Several signs are held together by brackets; a number, a letter or what has brackets already is not. */
function bracketed(text: string, place: keyof typeof undivided = 'above'): string {
  if (undivided[place].test(text)) return text;
  if (/^\([^()]*\)$/.test(text)) return text;
  return `(${text})`;
}
