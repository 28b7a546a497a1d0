import { router } from '../../trpc/procedures.ts';
import { bellProcedures } from './bell/router.ts';
import { notificationsOfficeRouter } from './office/router.ts';
import { settingsProcedures } from './settings/router.ts';
import { telegramRouter } from './telegram/router.ts';
import { unsubscribeRouter } from './unsubscribe/router.ts';

export const notificationsRouter = router({
  ...settingsProcedures,
  ...bellProcedures,
  telegram: telegramRouter,
  unsubscribe: unsubscribeRouter,
  office: notificationsOfficeRouter,
});
