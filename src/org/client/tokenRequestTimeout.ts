import { setDefaults, setDispatcher } from '@jsforce/jsforce-node/lib/request.js';
import { EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { afterRunning } from '../../common/runningTime.js';
import { codedError } from './errors.js';

/**
 * Bounds the requests that core makes by itself, above all to the token endpoint when a session has expired. They go
 * through jsforce's own transport, with the crash and the half hour described in transport.ts; jsforce lets its dispatcher be
 * replaced (`setDispatcher` in lib/request.js), so this one hands over a body only when it is whole, and in time.
 * It is core's copy: one package is installed, and a bundle has each of its files once.
 */
export const boundTokenRequests = (timeout: number): void => {
  setDispatcher(new EnvHttpProxyAgent().compose(whole(timeout)));
  // Without `httpProxy` jsforce uses the dispatcher above, which knows the proxies; its retries would multiply the time.
  setDefaults({ timeout, followRedirect: true, retry: { maxRetries: 0 } });
};

/** Core tries a login with several audiences, one after the other: a host that was silent once is not asked again. */
const whole = (timeout: number): Dispatcher.DispatcherComposeInterceptor => {
  const silent = new Set<string>();
  return (dispatch) => (options, handler) => {
    const origin = String(options.origin);
    return dispatch(
      options,
      buffered(handler, silent.has(origin) ? 0 : timeout, () => silent.add(origin))
    );
  };
};

const buffered = (
  handler: Dispatcher.DispatchHandler,
  timeout: number,
  onSilence: () => void
): Dispatcher.DispatchHandler => {
  const chunks: Buffer[] = [];
  let stop: () => void = () => undefined;
  let begin: (controller: Dispatcher.DispatchController) => void = () => undefined;
  return {
    onRequestStart: (controller, context) => {
      stop = afterRunning(timeout, () => {
        onSilence();
        controller.abort(codedError('TIMED_OUT', 'There was no complete answer in time.'));
      });
      handler.onRequestStart?.(controller, context);
    },
    onResponseStart: (_controller, status, headers, message) => {
      begin = (controller) => handler.onResponseStart?.(controller, status, headers, message);
    },
    onResponseData: (_controller, chunk) => {
      chunks.push(Buffer.from(chunk));
    },
    onResponseEnd: (controller, trailers) => {
      stop();
      begin(controller);
      for (const chunk of chunks) handler.onResponseData?.(controller, chunk);
      handler.onResponseEnd?.(controller, trailers);
    },
    onResponseError: (controller, error) => {
      stop();
      handler.onResponseError?.(controller, error);
    },
  };
};
