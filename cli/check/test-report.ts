/** What Vitest's JSON report says, in one line. */

export interface TestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; status: string; assertionResults: unknown[] }[];
}

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A file that could not even be loaded holds no failed test, and is a failure all the same. */
export function countTests(report: TestReport): TestCounts {
  const broken = report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  const failed = report.numFailedTests + broken;
  // Something failed outside of any test: a set-up, or an error nobody caught.
  const unseen = failed === 0 && !report.success ? 1 : 0;
  return { passed: report.numPassedTests, failed: failed + unseen, skipped: report.numPendingTests };
}
