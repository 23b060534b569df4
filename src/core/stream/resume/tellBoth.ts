import type { FollowListener } from './followStream.ts';

/**
 * Tells two listeners, one after the other; the second may hold the body back. Neither is told records, which nobody
 * then decodes.
 */
export function tellBoth(first: FollowListener, second: FollowListener): FollowListener {
  return {
    onSend: (...told) => {
      first.onSend?.(...told);
      second.onSend?.(...told);
    },
    onRedirect: (...told) => {
      first.onRedirect?.(...told);
      second.onRedirect?.(...told);
    },
    onResponse: (...told) => {
      first.onResponse(...told);
      second.onResponse(...told);
    },
    onChunk: (...told) => {
      void first.onChunk(...told);
      return second.onChunk(...told);
    },
    onWait: (...told) => {
      first.onWait?.(...told);
      second.onWait?.(...told);
    },
    onResume: (...told) => {
      first.onResume?.(...told);
      second.onResume?.(...told);
    },
    onEnd: (...told) => {
      first.onEnd(...told);
      second.onEnd(...told);
    },
  };
}
