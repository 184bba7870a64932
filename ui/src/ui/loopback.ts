// Whether an address is this computer’s own: what is sent there does not leave it, unless whoever answers passes it on.

const HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export function isLoopback(address: string): boolean {
  try {
    return HOST.test(new URL(address).hostname);
  } catch {
    return false;
  }
}
