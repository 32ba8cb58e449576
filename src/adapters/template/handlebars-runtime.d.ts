/** Handlebars without its compiler. The package ships no usable types for this entry. */
declare module 'handlebars/runtime.js' {
  import type Handlebars from 'handlebars';

  interface Runtime {
    create(): Runtime;
    readonly SafeString: typeof Handlebars.SafeString;
    registerHelper(name: string, helper: (value: unknown) => Handlebars.SafeString): void;
    template(compiled: object): (values: object) => string;
  }
  const runtime: Runtime;
  // oxlint-disable-next-line import/no-default-export -- the package is CommonJS
  export default runtime;
}
