/** A school's process as far as its database goes, for tests that kill it: tells its parent what came of the start, and stays. */
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';

export type ChildReport = { url: string; adminUrl: string; reused: boolean } | { refusal: string };

const dataDir = process.argv[2];
if (!dataDir || !process.send) throw new Error('To be forked with a folder as its argument.');

let report: ChildReport;
try {
  const { url, adminUrl, reused } = await startEmbeddedPostgres({ dataDir, port: 0, log: () => undefined });
  report = { url, adminUrl, reused };
} catch (error) {
  report = { refusal: error instanceof Error ? error.message : String(error) };
}
process.send(report);
// The open channel keeps the process alive; a parent that is gone is no reason to stay.
process.on('disconnect', () => process.exit());
