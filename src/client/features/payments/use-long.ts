import { useEffect, useState } from 'react';

/** Has it been so for long by now? */
export function useLong(afterMs: number): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return long;
}
