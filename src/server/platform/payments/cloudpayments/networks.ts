import { BlockList, isIPv6 } from 'node:net';

/** Where CloudPayments sends from, as published in July 2026. */
const networks = new BlockList();
for (const [address, bits] of [
  ['185.98.81.0', 28],
  ['87.251.91.160', 27],
  ['46.46.175.96', 27],
  ['46.46.168.160', 27],
  ['162.55.174.97', 32],
  ['91.216.178.243', 32],
] as const)
  networks.addSubnet(address, bits);

/** An IPv4 address may come dressed as IPv6. */
export const isKnownSender = (ip: string): boolean => networks.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
