import { typeset } from '../../typeset.ts';
import { auth } from './auth.ts';
import { people } from './people.ts';

export const accountCatalogue = typeset({ auth, people });
