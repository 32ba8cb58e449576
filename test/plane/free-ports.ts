import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the range that Linux takes local ports of outgoing connections from (32768 on): a port of that range may be
// gone to any connection before the program that it was meant for listens.
const first = 10_000;
const last = 32_000;

let next = randomInt(first, last);

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        resolve(false);
      } else {
        reject(error);
      }
    });
    server.listen(port, () => {
      resolve(true);
    });
  });
  if (free) {
    await new Promise((resolve) => server.close(resolve));
  }
  return free;
}

/** Different TCP ports that nothing listens on, none of them named twice by this process. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = next;
    next = next === last ? first : next + 1;
    if (await isFree(port)) {
      ports.push(port);
    }
  }
  return ports;
}
