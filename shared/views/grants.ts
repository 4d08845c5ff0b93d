import { z } from 'zod';

/** What the acting accounts of one host have to be allowed, and nothing more. */
export const Grants = z.strictObject({
  host: z.string(),
  /** One for each database server of a cluster on this host. */
  servers: z.array(
    z.strictObject({
      service: z.string(),
      /** 'user'@'host', for CREATE USER and the grants. */
      account: z.string(),
      /** Null: not read yet; the names of the newest are given. */
      version: z.array(z.number()).nullable(),
      sql: z.array(z.string()),
    }),
  ),
  sudo: z.strictObject({
    user: z.string(),
    lines: z.array(z.string()),
    /** Where the file of a MariaDB server that a restart reads was taken to be; null: none is written here. */
    bootFile: z.string().nullable(),
  }),
});
export type Grants = z.infer<typeof Grants>;
