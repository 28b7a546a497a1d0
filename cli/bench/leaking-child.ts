/** Works a little all the time; with LEAK it keeps what it should let go. Started by heap.live.test.ts, which has to see the difference. */
const kept: string[][] = [];
setInterval(() => {
  const made = Array.from({ length: 2000 }, (_, n) => `entry ${n} ${Math.random()}`);
  if (process.env.LEAK) kept.push(made);
}, 10);
process.stdout.write('the child is open: http://127.0.0.1/\n');
