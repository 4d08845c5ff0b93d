import { readFileSync } from 'node:fs';

const DYNAMIC = 6;
const NEEDED = 1n;

/** The shared libraries that a 64-bit little-endian ELF file names itself (elf(5)): no tool for it need be installed. */
export function neededLibraries(file: string): string[] {
  const elf = readFileSync(file);
  if (elf.toString('latin1', 0, 4) !== '\x7fELF') throw new Error(`${file} is no ELF file`);
  const sections = Number(elf.readBigUInt64LE(0x28));
  const size = elf.readUInt16LE(0x3a);
  const section = (index: number) => {
    const at = sections + index * size;
    return {
      type: elf.readUInt32LE(at + 4),
      offset: Number(elf.readBigUInt64LE(at + 0x18)),
      bytes: Number(elf.readBigUInt64LE(at + 0x20)),
      link: elf.readUInt32LE(at + 0x28),
    };
  };
  const all = Array.from({ length: elf.readUInt16LE(0x3c) }, (_, index) => section(index));
  return all
    .filter(({ type }) => type === DYNAMIC)
    .flatMap(({ offset, bytes, link }) => {
      const names = section(link).offset;
      return Array.from({ length: bytes / 16 }, (_, entry) => offset + entry * 16)
        .filter((at) => elf.readBigUInt64LE(at) === NEEDED)
        .map((at) => names + Number(elf.readBigUInt64LE(at + 8)))
        .map((at) => elf.toString('latin1', at, elf.indexOf(0, at)));
    });
}
