import type { Catalogue } from '../catalogue.ts';
import { common } from './common.ts';
import { courses } from './courses.ts';
import { errors } from './errors.ts';
import { home } from './home.ts';
import { progress } from './progress.ts';
import { site } from './site.ts';
import { tasks } from './tasks.ts';

export const catalogue: Catalogue = { common, courses, errors, home, progress, site, tasks };
