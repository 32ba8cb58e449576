/** Waits for what another program does. Throws after two minutes. */
export async function until(condition: () => boolean | Promise<boolean>, pauseMs: number = 50): Promise<void> {
  const end = performance.now() + 120_000;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error('it did not get so far within two minutes');
    }
    await new Promise((resolve) => {
      setTimeout(resolve, pauseMs);
    });
  }
}
