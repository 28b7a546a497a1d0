import type { StudyCatalogue } from '../../study-catalogue.ts';
import { exams } from './exams.ts';
import { mistakes } from './mistakes.ts';
import { statistics } from './statistics.ts';

export const studyCatalogue: StudyCatalogue = { exams, mistakes, statistics };
