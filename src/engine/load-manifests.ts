import type { Finding, LocatedFinding } from '../domain/finding/finding.ts';
import { isJsonObject } from '../domain/json.ts';
import { metalLbApi } from '../domain/metallb/api.ts';
import { isAroundMetalLb } from '../domain/plain-manifests/around-metallb.ts';
import { checkManifests } from '../domain/plain-manifests/check-manifests.ts';
import { type Contribution, type InnerYaml, joined } from '../domain/plain-manifests/contribution.ts';
import { patchesOf } from '../domain/plain-manifests/kustomize-patches.ts';
import { type AssumedMetalLb, type ManifestSet, manifestSet } from '../domain/plain-manifests/manifest-set.ts';
import { isTemplate } from '../domain/plain-manifests/placeholders.ts';
import { readManifest } from '../domain/plain-manifests/read-manifests.ts';
import { type Documents, locateFindings, type ParsedDocument, type ParsedFile } from '../ports/documents.ts';
import type { SchemaChecker } from '../ports/schema-checker.ts';
import type { SourceFile } from '../ports/source.ts';
import { inOrder } from './load-environment.ts';

export interface ManifestRequest {
  /** In the order in which they are joined. */
  readonly files: readonly SourceFile[];
  readonly documents: Documents;
  readonly checker: SchemaChecker;
  readonly assumed: AssumedMetalLb;
}

export interface LoadedManifests {
  readonly set: ManifestSet;
  /** Sorted by file, line and column. */
  readonly findings: readonly LocatedFinding[];
  /** Documents that have nothing to do with MetalLB. */
  readonly ignored: number;
  /** Documents that install MetalLB or belong to it and configure nothing of it. */
  readonly around: number;
}

interface ReadFile {
  readonly contribution: Contribution;
  readonly findings: readonly LocatedFinding[];
  readonly ignored: number;
  readonly around: number;
  readonly isTemplate: boolean;
}

/** Plain manifests from any number of files as one configuration, with all findings at once. */
export function loadManifests(request: ManifestRequest): LoadedManifests {
  const { files, documents, checker, assumed } = request;
  const patches = new Set(files.flatMap((file) => patchesIn(documents, file)));
  const read = files.map((file) => (patches.has(file.path) ? patchFile(documents, file) : readFile(documents, file)));
  const set = manifestSet(joined(...read.map((each) => each.contribution)), assumed);
  const violations = checker.checkEnvironment('', set.config).findings;
  const templates = new Set(read.flatMap((each, index) => (each.isTemplate ? [files[index]?.path] : [])));
  const judged = checkManifests(set, violations).filter(({ place }) => !templates.has(place.file));
  const located = locateFindings(documents, files, judged);
  return {
    set,
    findings: [...read.flatMap((each) => each.findings), ...located].toSorted(inOrder),
    ignored: read.reduce((sum, each) => sum + each.ignored, 0),
    around: read.reduce((sum, each) => sum + each.around, 0),
  };
}

function patchesIn(documents: Documents, file: SourceFile): readonly string[] {
  const [first] = /kustomization/iu.test(file.path) ? documents.parse(file).documents : [];
  return first === undefined ? [] : patchesOf(file.path, first.value);
}

/** A patch lacks what the resource has that it is for: only that it is readable can be said of it. */
function patchFile(documents: Documents, file: SourceFile): ReadFile {
  const parsed = documents.parse(file);
  const finding: Finding = {
    code: 'placeholder',
    severity: 'info',
    message: 'The file is a patch of a kustomization: by itself it is not judged.',
    remedy: 'Validate what kustomize build makes of it.',
    place: { file: file.path, pointer: '', part: 'value', document: 0 },
  };
  const ours = parsed.documents.some(({ value }) => isAroundMetalLb(value));
  return {
    contribution: joined(),
    findings: [...parsed.findings, ...(ours ? locateFindings(documents, [file], [finding]) : [])],
    ignored: 0,
    around: ours ? 1 : 0,
    isTemplate: false,
  };
}

function readFile(documents: Documents, file: SourceFile): ReadFile {
  const parsed = documents.parse(file);
  const readInner = (text: string): InnerYaml => innerYaml(documents, file, text);
  const read = parsed.documents.map((document) => ({
    document,
    found: isJsonObject(document.value)
      ? readManifest(
          { origin: { file: file.path, document: document.index, path: [] }, value: document.value },
          readInner,
        )
      : undefined,
  }));
  const ours = read.flatMap(({ found }) => (found === undefined ? [] : [found]));
  const others = read.filter(({ document, found }) => found === undefined && document.value !== null);
  const template = templateFinding(documents, file, parsed);
  return {
    contribution: joined(...ours),
    findings: template ?? textFindings(parsed, others),
    ignored: others.length,
    around: read.filter(({ document }) => isAroundMetalLb(document.value)).length,
    isTemplate: template !== undefined,
  };
}

/** Doubts about documents of other programs are not for us to tell; what keeps a file from being read is. */
function textFindings(
  parsed: ParsedFile,
  others: readonly { readonly document: ParsedDocument }[],
): readonly LocatedFinding[] {
  const passedOver = new Set(others.map(({ document }) => document.index));
  const inPassedOver = (line: number): boolean => {
    const last = parsed.documents.findLast((document) => document.line <= line);
    return last !== undefined && passedOver.has(last.index);
  };
  return parsed.findings.filter((finding) => finding.severity === 'error' || !inPassedOver(finding.place.line));
}

/** What a template must mention to be one of ours: most templates of a chart have nothing to do with pools and peers. */
const configuresMetalLb = new RegExp(
  `kind: *['"]?(?:AddressPool|${metalLbApi.flatMap(({ config, kind }) => (config === undefined ? [] : [kind])).join('|')})|address-pools|metallb[.](?:io|universe[.]tf)/(?:address-pool|allow-shared-ip|loadBalancerIPs)`,
);

/** A file that a template engine is yet to render is often no YAML; that is all there is to say of it. */
export function templateFinding(
  documents: Documents,
  file: SourceFile,
  parsed: ParsedFile,
): readonly LocatedFinding[] | undefined {
  const text = new TextDecoder().decode(file.bytes);
  const broken = parsed.findings.some((finding) => finding.severity === 'error');
  if (!broken || !isTemplate(text)) {
    return undefined;
  }
  if (!configuresMetalLb.test(text)) {
    return [];
  }
  const finding: Finding = {
    code: 'placeholder',
    severity: 'info',
    message: 'The file is a template: what cannot be read before it is rendered is not judged.',
    remedy: 'Validate what the template engine makes of it, such as the output of helm template.',
    place: { file: file.path, pointer: '', part: 'value', document: 0 },
  };
  return locateFindings(documents, [file], [finding]);
}

/** Reads a YAML text that stands inside a file. */
export function innerYaml(documents: Documents, file: SourceFile, text: string): InnerYaml {
  const bytes = new TextEncoder().encode(text);
  const parsed = documents.parse({ path: file.path, id: file.id, bytes });
  const only = parsed.documents.find((document) => document.value !== null);
  const error = parsed.findings.find((finding) => finding.severity === 'error');
  const line = error === undefined ? '' : `Line ${String(error.place.line)} of the text: `;
  const problem = isTemplate(text) ? undefined : error && `${line}${error.message}`;
  return { value: isJsonObject(only?.value) ? only.value : undefined, problem };
}
