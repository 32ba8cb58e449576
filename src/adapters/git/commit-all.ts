import { Failure } from '../../domain/failure.ts';

/** Author of commits that the product itself makes where the user's Git has no identity. */
const author = { name: 'Metalwave', email: 'metalwave@localhost' };

/** Makes the folder a repository if it is none, and commits all that it holds. Hooks and the user's Git settings play no part. */
export async function commitAll(folder: string, message: string, signal: AbortSignal): Promise<void> {
  const { simpleGit } = await import('simple-git');
  const git = simpleGit({
    baseDir: folder,
    abort: signal,
    config: [
      `user.name=${author.name}`,
      `user.email=${author.email}`,
      'commit.gpgsign=false',
      'init.defaultBranch=main',
    ],
  });
  try {
    if (!(await git.checkIsRepo())) {
      await git.init();
    }
    await git.add('.');
    await git.commit(message);
  } catch (cause) {
    signal.throwIfAborted();
    throw new Failure({
      code: 'output-failed',
      retry: 'never',
      message: `Git could not commit in ${folder}`,
      remedy: 'Check that git is installed and that the folder can be written.',
      cause,
    });
  }
}
