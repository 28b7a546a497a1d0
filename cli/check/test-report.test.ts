import { expect, it } from 'vitest';
import { countTests, type TestReport } from './test-report.ts';

function aReport(over: Partial<TestReport> = {}): TestReport {
  return { success: true, numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, testResults: [], ...over };
}

it.each([
  ['all is well', aReport(), 0],
  ['tests fail', aReport({ success: false, numFailedTests: 2 }), 2],
  ['a file cannot be loaded', aReport({ success: false, testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }] }), 1],
  ['an error belongs to no test', aReport({ success: false }), 1],
])('%s', (_, report, failed) => {
  expect(countTests(report)).toEqual({ passed: 7, failed, skipped: 0 });
});
