/** Whether a host name or address, as it stands in a URL, is this machine's own: localhost, 127.0.0.0/8 or ::1. */
export function isLoopback(host: string): boolean {
  return (
    host === "localhost" ||
    host === "[::1]" ||
    host === "::1" ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
  );
}
