import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldOwnersContract } from '../contracts/field-owners/run-contract.ts';
import { type Plane, planeUnavailable, readAudit, startPlane } from '../plane/plane.ts';
import { Adoption } from '../road/adoption.ts';
import { isOurWrite } from '../road/road.ts';

const reason = planeUnavailable();

describe.skipIf(reason !== undefined)(`adopting on the real control plane ${reason ?? ''}`.trim(), () => {
  let plane: Plane;

  beforeAll(async () => {
    plane = await startPlane();
  });
  afterAll(async () => {
    await plane.stop();
  });

  describe('who owns the fields', () => {
    fieldOwnersContract(async () => {
      const { server, adminToken, ca, kubeconfig } = plane;
      return { server, token: adminToken, certificate: await readFile(ca, 'utf8'), kubeconfig };
    });
  });

  it('takes over what kubectl, Helm and Argo CD made, and lets it go again, without a deletion', async () => {
    const { server, adminToken: token, ca, kubeconfig } = plane;
    const certificate = await readFile(ca, 'utf8');
    const adoption = await Adoption.prepare({ server, token, certificate, kubeconfig }, async (object) => {
      const file = `${plane.folder}/pool.json`;
      await writeFile(file, JSON.stringify(object));
      await plane.kubectl('apply', '-f', file);
    });
    try {
      await adoption.showsAndChangesNothing();
      await adoption.refusesWhatDiffers();
      await adoption.takesOver();
      await adoption.syncsWithoutHarm();
      await adoption.removesWhatTheConfigurationDrops();
      await adoption.letsGo();
      await adoption.comesBack();
    } finally {
      adoption.close();
    }
    const deletions = readAudit(plane).filter(
      (record) => isOurWrite(record) && record.verb.startsWith('delete') && !record.requestURI.includes('/configmaps/'),
    );
    expect(deletions).toEqual([]);
  });
});
