/** Regular expressions as trees, as far as it takes to count the steps of a search: what one character may be is left to the engine itself. */

export type Node =
  | { kind: 'one'; source: string; fits(character: string): boolean }
  | { kind: 'sequence'; items: Node[] }
  | { kind: 'choice'; options: Node[] }
  | { kind: 'group'; body: Node; number: number; name: string | null }
  | { kind: 'repeat'; body: Node; min: number; max: number; lazy: boolean }
  | { kind: 'look'; body: Node; ahead: boolean; wanted: boolean }
  | { kind: 'again'; group: number | string }
  | { kind: 'edge'; source: '^' | '$' | '\\b' | '\\B' };

/** @throws Error at what is not understood: nothing is passed over in silence */
export function parseRegex(source: string, flags: string): Node {
  const parser = new Parser(source, flags.replace(/[gyd]/g, ''));
  const tree = parser.choice();
  if (!parser.isAtEnd()) throw new Error(`/${source}/: not understood from «${source.slice(parser.at)}» on`);
  return tree;
}

const escapes = /^\\(?:[pP]\{[^}]*\}|u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|.)/su;

class Parser {
  at = 0;
  #groups = 0;
  readonly #source: string;
  readonly #flags: string;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags;
  }

  isAtEnd(): boolean {
    return this.at >= this.#source.length;
  }

  choice(): Node {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return options.length === 1 && options[0] ? options[0] : { kind: 'choice', options };
  }

  #rest(): string {
    return this.#source.slice(this.at);
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.#rest());
    if (found) this.at += found[0].length;
    return found;
  }

  #sequence(): Node {
    const items: Node[] = [];
    while (!this.isAtEnd() && !'|)'.includes(this.#source[this.at] ?? '')) items.push(this.#repeated(this.#item()));
    return { kind: 'sequence', items };
  }

  #repeated(body: Node): Node {
    const found = this.#match(/^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})(\??)/);
    if (!found) return body;
    const [sign, least, comma, most, lazy] = found;
    const min = least === undefined ? (sign.startsWith('+') ? 1 : 0) : Number(least);
    const exact = comma === undefined ? min : most ? Number(most) : Number.POSITIVE_INFINITY;
    const max = least === undefined ? (sign.startsWith('?') ? 1 : Number.POSITIVE_INFINITY) : exact;
    return { kind: 'repeat', body, min, max, lazy: lazy === '?' };
  }

  #item(): Node {
    const look = this.#match(/^\(\?(<?)([=!])/);
    if (look) return { kind: 'look', body: this.#body(), ahead: look[1] === '', wanted: look[2] === '=' };
    if (this.#take('(?:')) return this.#body();
    const group = this.#match(/^\((?:\?<([\p{L}_$][\p{L}\p{N}_$]*)>)?(?!\?)/u);
    if (group) {
      this.#groups += 1;
      return { kind: 'group', number: this.#groups, name: group[1] ?? null, body: this.#body() };
    }
    const edge = this.#match(/^(?:[\^$]|\\[bB])/);
    if (edge) return { kind: 'edge', source: edge[0] as '^' };
    const again = this.#match(/^\\(?:([1-9]\d*)|k<([^>]+)>)/);
    if (again) return { kind: 'again', group: again[2] ?? Number(again[1]) };
    return this.#one();
  }

  #body(): Node {
    const body = this.choice();
    if (!this.#take(')')) throw new Error(`/${this.#source}/: a group does not end`);
    return body;
  }

  #one(): Node {
    const source = this.#source[this.at] === '[' ? this.#set() : (this.#match(escapes) ?? this.#match(/^[^()[\]*+?|\\]/su))?.[0];
    if (source === undefined) throw new Error(`/${this.#source}/: not understood at «${this.#rest()}»`);
    const engine = new RegExp(`^(?:${source})$`, this.#flags.replace('m', ''));
    const known = new Map<string, boolean>();
    const fits = (character: string) => {
      const before = known.get(character);
      if (before !== undefined) return before;
      const now = engine.test(character);
      known.set(character, now);
      return now;
    };
    return { kind: 'one', source, fits };
  }

  /** As it is written, sets within it included. */
  #set(): string {
    const from = this.at;
    let depth = 0;
    do {
      const [sign = ''] = this.#match(escapes) ?? this.#match(/^./su) ?? [];
      if (sign === '') throw new Error(`/${this.#source}/: a set does not end`);
      if (sign === '[' && (depth === 0 || this.#flags.includes('v'))) depth += 1;
      if (sign === ']') depth -= 1;
    } while (depth > 0);
    return this.#source.slice(from, this.at);
  }
}
