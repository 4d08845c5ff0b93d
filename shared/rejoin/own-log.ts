import type { ReadTransaction } from '../failover/binlog';

/** One binary log of the old primary in which transactions stand that it holds alone. */
export interface OwnFile {
  /** Its whole path there. */
  readonly file: string;
  readonly bytes: number;
  /** Of all of it as it was read, in hexadecimal. */
  readonly sha256: string;
  /** Where the first of them begins, and where what follows the last of them begins: bytes. */
  readonly from: number;
  readonly to: number;
}

/** Where they stand, and whether their rows can be turned back. */
export interface OwnLog {
  /** Oldest first; those between two of them too. */
  readonly files: readonly OwnFile[];
  /** A transaction that others have stands behind one that they have not. */
  readonly mixed: boolean;
  /** Some row is not in the log with all its columns. */
  readonly partial: boolean;
}

/** Notes them as the logs are read, file by file; see LogNotes of the reader. */
export class OwnLogNotes {
  private readonly files: OwnFile[] = [];
  private from: number | null = null;
  private to = 0;
  private any = false;
  private mixed = false;
  private partial = false;

  each({ from, to, partial }: Pick<ReadTransaction, 'from' | 'to' | 'partial'>): void {
    this.from ??= from;
    this.to = to;
    this.any = true;
    this.partial ||= partial;
  }

  passes(): void {
    this.mixed ||= this.any;
  }

  /** The file at hand was read to its end. */
  file(file: string, bytes: number, sha256: string): void {
    if (this.from !== null) this.files.push({ file, bytes, sha256, from: this.from, to: this.to });
    this.from = null;
  }

  /** `null`: the last file was not read to its end. */
  told(): OwnLog | null {
    const { files, mixed, partial } = this;
    return this.from === null ? { files, mixed, partial } : null;
  }
}
