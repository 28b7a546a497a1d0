import { emailProblem, normalizeEmail } from '#shared/values.ts';

/** Right domain → how its name is mistyped. Only names that are no mail service themselves. */
const names: Record<string, string[]> = {
  'gmail.com': [
    'gmial',
    'gmai',
    'gmal',
    'gmaill',
    'gamil',
    'gnail',
    'gmeil',
    'gmil',
    'gmaul',
    'gmsil',
    'gmaik',
    'gmall',
    'ggmail',
    'gmali',
    'gimail',
  ],
  'mail.ru': ['mial', 'maill', 'meil', 'maiil', 'nail', 'maul', 'msil', 'mai', 'mali', 'maik', 'mmail'],
  'yandex.ru': [
    'yandeks',
    'yandx',
    'yadex',
    'yanex',
    'yandez',
    'jandex',
    'iandex',
    'yndex',
    'yandec',
    'yandes',
    'yndx',
    'yandwx',
    'yandexx',
    'yamdex',
  ],
  'rambler.ru': ['ramber', 'ramler', 'rambller', 'ramblre', 'rambker'],
  'inbox.ru': ['inbx', 'imbox', 'inbpx', 'indox'],
  'icloud.com': ['iclod', 'icloub', 'icoud', 'iclould', 'icloid', 'icluod', 'ikloud'],
  'outlook.com': ['outlok', 'outloock', 'outllok', 'outlool', 'outloook', 'autlook'],
  'hotmail.com': ['hotmial', 'hotmal', 'hotmai', 'hotmaill', 'hotmil'],
};

const endings: Record<string, string[]> = {
  com: ['con', 'cm', 'co', 'cmo', 'vom', 'comm', 'cpm', 'om', 'xom', 'coom', 'ocm', 'ru'],
  ru: ['r', 'rj', 'ri', 'tu', 'ry', 'rn', 'eu', 'ur', 'rru', 'ruu', 'con', 'u'],
};

const corrections = new Map<string, string>();
for (const [right, wrong] of Object.entries(names)) {
  const [name = '', ending = ''] = right.split('.');
  for (const typo of endings[ending] ?? []) corrections.set(`${name}.${typo}`, right);
  for (const typo of wrong) for (const end of [ending, ...(endings[ending] ?? [])]) corrections.set(`${typo}.${end}`, right);
}

/** The address that was probably meant, or null. A hint to the person and never a refusal. */
export function correctedEmail(typed: string): string | null {
  const email = normalizeEmail(typed);
  const at = email.lastIndexOf('@');
  if (at < 1) return null;
  const domain = email.slice(at + 1);
  // Doubled and trailing stops and commas come from thumbs.
  const tidy = domain
    .replace(/,/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/\.$/, '');
  const corrected = `${email.slice(0, at)}@${corrections.get(tidy) ?? tidy}`;
  return corrected !== email && emailProblem(corrected) === null ? corrected : null;
}
