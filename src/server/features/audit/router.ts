import * as z from 'zod';
import { auditActorDto, auditPageDto, listAuditInput } from '#shared/audit.ts';
import { moderatorProcedure, router } from '../../trpc/procedures.ts';
import { listAudit, listAuditActors } from './queries.ts';

export const auditRouter = router({
  list: moderatorProcedure
    .input(listAuditInput)
    .output(auditPageDto)
    .query(({ ctx, input }) => listAudit(ctx.app, input)),
  actors: moderatorProcedure.output(z.array(auditActorDto)).query(({ ctx }) => listAuditActors(ctx.app)),
});
