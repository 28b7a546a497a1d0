import { typeset } from '../../typeset.ts';
import { exams } from './exams.ts';
import { mistakes } from './mistakes.ts';
import { statistics } from './statistics.ts';

export const studyCatalogue = typeset({ exams, mistakes, statistics });
