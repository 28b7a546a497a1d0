import type { AccountCatalogue } from '../../account-catalogue.ts';
import { auth } from './auth.ts';
import { people } from './people.ts';

export const accountCatalogue: AccountCatalogue = { auth, people };
