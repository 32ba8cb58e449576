/**
 * Settings under which git runs nothing but itself and asks nobody anything: no configuration but the repository's, no
 * hooks, no file system monitor, no prompts, no replaced objects, no fetching behind our back (git-config(1), git(1)).
 */
export const sealedEnvironment: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  HOME: '/dev/null',
  XDG_CONFIG_HOME: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_LITERAL_PATHSPECS: '1',
};

/** Goes with `sealedEnvironment`; each is a `-c` setting and so wins over what a repository's own file says. */
export const sealedConfiguration: readonly string[] = ['core.hooksPath=/dev/null', 'core.fsmonitor=false'];
