import { router } from '../../../trpc/procedures.ts';
import { courseProcedures } from './courses/router.ts';
import { priceProcedures } from './prices/router.ts';
import { subjectProcedures } from './subjects/router.ts';
import { taskProcedures } from './tasks/router.ts';
import { topicProcedures } from './topics/router.ts';

/** The programme of the school, for moderators: subjects, courses, topics, tasks. */
export const officeRouter = router({
  ...subjectProcedures,
  ...courseProcedures,
  ...priceProcedures,
  ...topicProcedures,
  ...taskProcedures,
});
