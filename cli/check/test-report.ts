/** What Vitest's JSON report says, in few lines. */

export interface TestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; status: string; message?: string; assertionResults: TestResult[] }[];
}

export interface TestResult {
  fullName: string;
  status: string;
  failureMessages?: string[] | null;
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

/** Most of a failure that is repeated below the counts, in lines. */
const FAILURE_LINES = 12;

/** Each failure once more by file, name and first lines, for a reader who sees only the end of the log. */
export function describeFailures(report: TestReport): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [describe(name, [message ?? ''])];
    return failed.map((test) => describe(`${name} > ${test.fullName}`, test.failureMessages ?? []));
  });
}

function describe(title: string, messages: string[]): string {
  const lines = messages.join('\n').split('\n').slice(0, FAILURE_LINES);
  return [title, ...lines.map((line) => `    ${line}`)].join('\n');
}
