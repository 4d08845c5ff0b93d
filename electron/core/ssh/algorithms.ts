import type { Algorithms } from 'ssh2';

/**
 * Offered algorithms, best first. No SHA-1, DSA, CBC or MAC below 256 bits. chacha20-poly1305 is left out on
 * purpose: Electron's BoringSSL lacks it and naming it throws; AES-GCM is as good. Of the finite-field groups
 * only group14 stays: larger ones block the process for seconds under BoringSSL.
 */
export const ALGORITHMS = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group14-sha256',
  ],
  cipher: ['aes256-gcm@openssh.com', 'aes128-gcm@openssh.com', 'aes256-ctr', 'aes192-ctr', 'aes128-ctr'],
  hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
  compress: ['none'],
} satisfies Algorithms;
