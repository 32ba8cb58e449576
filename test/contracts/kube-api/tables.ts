import { applyListRows } from './apply-list-rows.ts';
import { applyMergeRows } from './apply-merge-rows.ts';
import { applyRefusalRows } from './apply-refusal-rows.ts';
import { bodyRows } from './body-rows.ts';
import { definitionRows } from './definition-rows.ts';
import { expressionRows } from './expression-rows.ts';
import { filledRows } from './filled-rows.ts';
import { conversionRows } from './conversion-rows.ts';
import { dataRows } from './data-rows.ts';
import { decodingRows } from './decoding-rows.ts';
import { formRows } from './form-rows.ts';
import { listingRows } from './listing-rows.ts';
import { metadataRows } from './metadata-rows.ts';
import { ownershipRecordRows } from './ownership-record-rows.ts';
import { ownershipRows } from './ownership-rows.ts';
import { podRows } from './pod-rows.ts';
import { requestRows } from './request-rows.ts';
import { serviceAddressRows } from './service-address-rows.ts';
import { serviceChangeRows } from './service-change-rows.ts';
import { serviceRows } from './service-rows.ts';
import type { ShortCase } from './short-case.ts';
import { smallKindRows } from './small-kind-rows.ts';
import { strictnessRows } from './strictness-rows.ts';
import { workloadRows } from './workload-rows.ts';
import { writeRows } from './write-rows.ts';

/** Every table of short cases, by what it is about. */
export const tables: Readonly<Record<string, readonly ShortCase[]>> = {
  'what server-side apply merges': applyMergeRows,
  'what server-side apply merges in lists': applyListRows,
  'what server-side apply refuses': applyRefusalRows,
  'who owns what': ownershipRows,
  'what becomes of the record of owners': ownershipRecordRows,
  'what may be written': writeRows,
  'what is filled in': filledRows,
  'what is listed and watched': listingRows,
  'what may be sent': bodyRows,
  'what cannot be decoded': decodingRows,
  'what metadata may say': metadataRows,
  'what leads where': requestRows,
  'what form it has': formRows,
  'what stands twice or is unknown': strictnessRows,
  'what cannot be converted': conversionRows,
  'what config maps and secrets may hold': dataRows,
  'what definitions may say': definitionRows,
  'what expressions of definitions may say': expressionRows,
  'what small kinds may say': smallKindRows,
  'what workloads may say': workloadRows,
  'what pods may say': podRows,
  'what Services may be': serviceRows,
  'what addresses Services may have': serviceAddressRows,
  'what Services may become': serviceChangeRows,
};
