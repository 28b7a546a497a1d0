import type { operator as ru } from '../../ru/office/operator.ts';

export const operator: typeof ru = {
  title: 'Who answers for the data',
  text: 'Everybody sees this on the page “Privacy policy”. The law wants it to say who keeps the data and where to turn to.',
  name: 'Name',
  nameHelp: 'For example: sole trader Maria Kovaleva',
  inn: 'INN',
  innHelp: '10 digits of a company, 12 of a person',
  address: 'Address',
  contact: 'Where to turn to',
  contactHelp: 'An e-mail address or a phone that is answered',
  open: 'Look at the policy',
  failed: 'Could not be loaded',
};
