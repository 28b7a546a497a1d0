import { expect, test } from 'vitest';
import { type Address, readAddress } from './address.ts';

const refused: Address = { kind: 'refused' };

test.each<[string, Address]>([
  ['files/a.svg', { kind: 'file', name: 'a.svg' }],
  ['./files/a_1-2.SVG', { kind: 'file', name: 'a_1-2.SVG' }],
  ['files/../a', refused],
  ['files/.hidden', refused],
  ['files/a b.svg', refused],
  ['files/%2e%2e', refused],
  ['files/схема.svg', refused],
  ['files/', refused],
  ['Files/a.svg', refused],
  ['#korni', { kind: 'anchor', fragment: 'korni' }],
  ['#%D0%BA', { kind: 'anchor', fragment: 'к' }],
  ['#%E0%A4%A', { kind: 'anchor', fragment: '%E0%A4%A' }],
  ['/courses', { kind: 'inside', href: '/courses' }],
  ['/../../x', { kind: 'inside', href: '/x' }],
  ['https://school.example', { kind: 'inside', href: '/' }],
  ['http://school.example/x', { kind: 'inside', href: '/x' }],
  ['//school.example//evil.example', { kind: 'inside', href: '/evil.example' }],
  ['https://school.example:444/', { kind: 'outside', href: 'https://school.example:444/' }],
  ['https://school.example.evil.example/', { kind: 'outside', href: 'https://school.example.evil.example/' }],
  ['//evil.example', { kind: 'outside', href: 'https://evil.example/' }],
  ['/\\evil.example', { kind: 'outside', href: 'https://evil.example/' }],
  ['HTTPS:evil.example', { kind: 'inside', href: '/evil.example' }],
  ['https://', refused],
  ['mailto:a@b.example', { kind: 'mail', href: 'mailto:a@b.example' }],
  ['javascript:alert(1)', refused],
  ['java\nscript:alert(1)', refused],
  [' /x', refused],
  ['topic.md', refused],
  ['', refused],
])('%j', (typed, address) => {
  expect(readAddress(typed, 'https://school.example')).toEqual(address);
});
