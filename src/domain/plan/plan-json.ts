import type { Json, JsonObject } from '../json.ts';
import { objectKey } from '../manifest/object-id.ts';
import { waveOf } from '../manifest/waves.ts';
import type { Transition } from '../transition/transition.ts';
import { addressesJson } from './address-json.ts';
import type { Change, FieldChange, NeededApproval, Plan, Rail } from './plan.ts';
import { hasChanges, summarise } from './plan-summary.ts';
import { maskedObject } from './sensitive.ts';

/** An absent side is left out: no `before` is a field that is added, no `after` one that is removed. */
function fieldJson({ path, before, after }: FieldChange): JsonObject {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** What a change has beside its identity, as far as its action has it. */
function detailsOf(change: Change): JsonObject {
  return {
    ...('apiVersion' in change ? { apiVersion: change.apiVersion } : {}),
    ...('reason' in change ? { reason: change.reason } : {}),
    ...('hash' in change ? { hash: change.hash } : {}),
    ...('live' in change ? { live: { ...change.live } } : {}),
    ...('object' in change && change.action !== 'keep' ? { object: maskedObject(change.object) } : {}),
    ...('fields' in change ? { fields: change.fields.map((field) => fieldJson(field)) } : {}),
    ...('conflicts' in change ? { conflicts: change.conflicts.map(({ manager, field }) => ({ manager, field })) } : {}),
  };
}

function changeJson(change: Change): Json {
  const place = 'step' in change ? { wave: waveOf(change.step).number, step: change.step } : {};
  return { action: change.action, key: objectKey(change.id), id: { ...change.id }, ...place, ...detailsOf(change) };
}

function railJson({ code, id, reason, remedy }: Rail): JsonObject {
  return { code, ...(id === undefined ? {} : { key: objectKey(id), id: { ...id } }), reason, remedy };
}

function approvalJson({ reasons, command }: NeededApproval): JsonObject {
  return {
    needed: reasons.length > 0,
    reasons: reasons.map(({ reason, remedy }) => ({ reason, ...(remedy === undefined ? {} : { remedy }) })),
    ...(command === undefined || reasons.length === 0 ? {} : { command }),
  };
}

/** What is planned: an environment at a revision, or plain manifests. */
function subjectOf({ environment, revision, manifests }: Plan): JsonObject {
  return manifests === undefined ? { environment, revision } : { manifests: { ...manifests } };
}

function transitionJson({ moves, order, replaced, refusal }: Transition): JsonObject {
  return {
    moves: moves.map((move) => ({ ...move })),
    order: [...order],
    replaced: [...replaced],
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** The plan in its published form (schemas/plan.schema.json), secrets masked. Readers ignore fields they don't know. */
export function planJson(plan: Plan): JsonObject {
  return {
    formatVersion: plan.formatVersion,
    ...subjectOf(plan),
    hash: plan.hash,
    hasChanges: hasChanges(plan),
    summary: { ...summarise(plan) },
    changes: plan.changes.map((change) => changeJson(change)),
    ...(plan.transition === undefined ? {} : { transition: transitionJson(plan.transition) }),
    rails: plan.rails.map((rail) => railJson(rail)),
    ...(plan.approval === undefined ? {} : { approval: approvalJson(plan.approval) }),
    ...(plan.addresses === undefined ? {} : { addresses: addressesJson(plan.addresses) }),
  };
}
