/** A font file as a `data:` address, put into the program by the build. */
declare module '*.woff2?inline' {
  const address: string;

  export { address as default };
}
