// Generated from package.json by `npm run generate`. Do not edit.
export const productVersion = '0.1.0';
