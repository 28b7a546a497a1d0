/** What taking a message of an acquirer is compared with: nothing but Express and `pg`, one signature and one INSERT. It queues no job and judges no field. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pg from 'pg';

const { DATABASE_URL = '', WEBHOOK_SECRET = '' } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 16 });
const http = express();

http.post('/api/payments/cloudpayments/pay', express.raw({ type: '*/*' }), async (req, res) => {
  const body: Buffer = req.body;
  const [given, right] = [Buffer.from(req.get('content-hmac') ?? ''), Buffer.from(hmacOf(body))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) return void res.sendStatus(401);
  const fields = new URLSearchParams(body.toString());
  await pool.query({
    name: 'keep',
    text: `INSERT INTO payment_event (provider, dedupe_key, kind, attempt_id, provider_payment_id, body, content_type, ip, received_at)
      VALUES ('cloudpayments', $1, 'pay', $2::uuid, $3, $4, $5, $6, now()) ON CONFLICT (provider, dedupe_key) DO NOTHING`,
    values: [
      `pay:${fields.get('TransactionId')}`,
      fields.get('InvoiceId'),
      fields.get('TransactionId'),
      body,
      req.get('content-type'),
      req.ip,
    ],
  });
  res.json({ code: 0 });
});

const hmacOf = (body: Buffer) => createHmac('sha256', WEBHOOK_SECRET).update(body).digest('base64');

const server = http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`The floor is open: http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
