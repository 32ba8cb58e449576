import { Failure, type FailureFacts } from '../../domain/failure.ts';
import type { TransportError } from './http-exchange.ts';

/** Names that cannot be resolved and certificates that are not trusted don't mend themselves in seconds. */
const certificateProblems: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
]);

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused: nothing listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'the connection timed out',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'name resolution does not answer',
  EPROTO: 'it does not speak TLS',
};

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) {
    return codeOf(error.errors[0]);
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

function unreachable(facts: Omit<FailureFacts, 'code'>): Failure {
  return new Failure({ code: 'cluster-unreachable', ...facts });
}

/** What it means for the caller that no whole answer came. `server` is shown, so it holds no credentials. */
export function transportFailure(error: TransportError, server: string, timeoutMs: number): Failure {
  switch (error.problem) {
    case 'timeout':
      return unreachable({
        message: `The API server ${server} did not answer within ${timeoutMs / 1000} s`,
        retry: 'now',
        remedy: 'Check that the server and the way to it are not overloaded.',
        cause: error,
      });
    case 'oversized':
      return new Failure({
        code: 'cluster-error',
        message: `The API server ${server} sent an answer larger than is accepted`,
        retry: 'never',
        remedy: 'Look for objects of unusual size or number of that kind.',
        cause: error,
      });
    case 'broken':
      return brokenFailure(error, server);
  }
}

function brokenFailure(error: TransportError, server: string): Failure {
  const code = codeOf(error.cause);
  if (certificateProblems.has(code) || code.startsWith('ERR_TLS')) {
    return unreachable({
      message: `The certificate of the API server ${server} is not trusted (${code})`,
      retry: 'later',
      remedy: 'Check certificate-authority and the server address in the kubeconfig.',
      cause: error,
    });
  }
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_OSSL') || code === 'EPROTO') {
    return unreachable({
      message: `No TLS connection to the API server ${server} (${code})`,
      retry: 'later',
      remedy: 'Check the scheme and port of the server address, and the client certificate.',
      cause: error,
    });
  }
  return unreachable({
    message: `The API server ${server} cannot be reached: ${reasons[code] ?? 'the connection was cut'}`,
    retry: code === 'ENOTFOUND' ? 'later' : 'now',
    remedy: 'Check that the server runs and that the address in the kubeconfig is right.',
    cause: error,
  });
}
