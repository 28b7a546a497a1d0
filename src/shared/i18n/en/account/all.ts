import type { AccountCatalogue } from '../../account-catalogue.ts';
import { auth } from './auth.ts';
import { people } from './people.ts';
import { personalData } from './personal-data.ts';

export const accountCatalogue: AccountCatalogue = { auth, people, personalData };
