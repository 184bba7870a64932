/** Whether an address names a version in its path, as that of nearly every such interface does. */
export function hasVersion(address: string): boolean {
  try {
    return /\/v\d/.test(new URL(address.trim()).pathname);
  } catch {
    return false;
  }
}
