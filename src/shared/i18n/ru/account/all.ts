import { typeset } from '../../typeset.ts';
import { auth } from './auth.ts';
import { people } from './people.ts';
import { personalData } from './personal-data.ts';

export const accountCatalogue = typeset({ auth, people, personalData });
