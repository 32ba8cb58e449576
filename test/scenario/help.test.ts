import { expect, it } from 'vitest';
import { mainHelp, verbHelp } from '../../src/apps/cli/help.ts';
import { verbTable } from '../../src/apps/cli/verb-table.ts';
import { productVersion as version } from '../../src/domain/product-version.generated.ts';

it('lists every verb on its help page, and every option of a verb on its own', async () => {
  const page = mainHelp(version);
  for (const entry of verbTable) {
    const verb = await entry.load();
    expect(page).toContain(`  ${entry.name}`);
    for (const option of Object.keys(verb.options)) {
      expect(verbHelp(entry.name, verb)).toContain(`--${option}`);
    }
  }
});
