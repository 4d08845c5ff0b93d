export declare const LONG_FILES: readonly string[];
export declare function longestFirst<T>(files: readonly T[], pathOf: (file: T) => string): T[];
