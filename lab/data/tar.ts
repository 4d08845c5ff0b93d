import type { FileSpec } from './files';

const RECORD = 512;

/**
 * A tar archive of the files, in pieces: one stream instead of thousands of calls into a host.
 * @param owner user and group name that the unpacking side looks up
 */
export function* tarOf(
  files: readonly FileSpec[],
  make: (file: FileSpec) => Generator<Buffer>,
  owner: string,
): Generator<Buffer> {
  for (const file of files) {
    yield header(file, owner);
    yield* make(file);
    const rest = file.size % RECORD;
    if (rest > 0) yield Buffer.alloc(RECORD - rest);
  }
  yield Buffer.alloc(2 * RECORD);
}

function header(file: FileSpec, owner: string): Buffer {
  const block = Buffer.alloc(RECORD);
  if (block.write(file.path, 0, 'utf8') > 100) throw new RangeError(`path too long for tar: ${file.path}`);
  const octal = (value: number, at: number, digits: number) =>
    block.write(value.toString(8).padStart(digits, '0'), at);
  octal(0o664, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  if (file.size < 8 ** 11) octal(file.size, 124, 11);
  else {
    block.writeUInt8(0x80, 124); // 8 GiB and more: GNU tar's binary form
    block.writeBigUInt64BE(BigInt(file.size), 128);
  }
  octal(file.modified, 136, 11);
  block.write('        0', 148); // the sum is taken with blanks in its place; type 0 = file
  block.write('ustar  ', 257);
  block.write(owner, 265);
  block.write(owner, 297);
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  );
  block.writeUInt8(0, 154);
  return block;
}
