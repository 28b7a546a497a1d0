import type { issues } from '#shared/i18n/ru/office/payments/issues.ts';
import type { IssueDto } from '#shared/payments-office.ts';

type Words = typeof issues;
type About = Pick<IssueDto, 'kind' | 'detail' | 'resolvedAt' | 'foundMinor'> & {
  /** It is about an order; otherwise about the provider, or about money that belongs to none. */
  ofOrder: boolean;
};

/** What an issue is called, what happened and what is left to do. One kind may have several causes, which want different things of a person. */
export function issueWords(words: Words, issue: About): Words['words'][IssueDto['kind']] {
  const variant = variantOf(issue);
  return variant ? words.variants[variant] : words.words[issue.kind];
}

function variantOf({ kind, detail, resolvedAt, foundMinor, ofOrder }: About): keyof Words['variants'] | null {
  switch (kind) {
    case 'paid-not-granted':
      return resolvedAt === null ? 'not-opened' : null;
    case 'granted-not-paid':
      return detail === 'enrolment' ? 'no-order' : null;
    case 'amount-differs':
      return detail === 'ledger' ? 'ledger' : null;
    case 'unknown-payment':
      return detail === 'second' ? 'second' : detail?.startsWith('subscription ') ? 'foreign-subscription' : null;
    case 'refund-differs':
      return foundMinor === null && detail === null ? 'refund-unnamed' : null;
    case 'unknown-outcome':
      return detail === 'refund' ? 'refund-in-doubt' : null;
    case 'provider-trouble':
      return detail === 'secret' ? 'secret' : ofOrder ? 'no-charge' : detail?.startsWith('keys') ? 'keys' : null;
    default:
      return null;
  }
}

const said = new Set(['secret', 'enrolment', 'second', 'ledger']);
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The word of a machine, or of the provider, as it is read. Null: `issueWords` has said it already. */
export function detailText(words: Words, { kind, detail, ofOrder }: Pick<About, 'kind' | 'detail' | 'ofOrder'>): string | null {
  if (!detail || said.has(detail)) return null;
  const [, code] = /^keys ?(.*)$/.exec(detail) ?? [];
  if (code !== undefined) return code === '' ? null : words.code(code);
  const [, subscription] = /^subscription (\S+)/.exec(detail) ?? [];
  if (subscription !== undefined) return words.subscription(subscription);
  if (uuid.test(detail)) return words.ownId(detail);
  if (kind === 'provider-trouble' && ofOrder) return words.code(detail);
  // Several words of a machine, or a sentence of the provider.
  return detail
    .split(', ')
    .map((word) => words.details[word] ?? word)
    .join(', ');
}

/** What the books say, in a sentence; nothing where they name no sum. */
export function sumsText(
  words: Words,
  { kind, expectedMinor, foundMinor }: Pick<IssueDto, 'kind' | 'expectedMinor' | 'foundMinor'>,
  sum: (minor: number) => string,
): string | null {
  const [expected, found] = [expectedMinor, foundMinor].map((minor) => (minor === null ? null : sum(minor)));
  // Of these only one sum says something: that which came, or that which was to go.
  if (kind === 'refund-failed' || kind === 'unknown-outcome') return expected ? words.amount(expected) : null;
  if (kind === 'paid-not-granted' || kind === 'double' || kind === 'late') return found ? words.came(found) : null;
  if (kind === 'refund-differs') return expected ? words.refunded(expected, found ?? null) : null;
  // The sum is what does fit.
  if (expected && expectedMinor === foundMinor) return words.amount(expected);
  if (expected && found) return words.sums(expected, found);
  return expected ? words.expected(expected) : found ? words.came(found) : null;
}
