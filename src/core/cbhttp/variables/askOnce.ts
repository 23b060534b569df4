import { questionKey } from './fetchedValues.ts';
import type { SendPorts } from './sendPorts.ts';

/** The ports for requests that are sent together: what one of them asked or made is the next one's, too. */
export function askOnce(ports: SendPorts): SendPorts {
  const answers = new Map<string, string>();
  return {
    ...ports,
    madeValues: new Map(),
    async ask(question, options) {
      const key = questionKey(question);
      const answer = answers.get(key) ?? (await ports.ask(question, options));
      answers.set(key, answer);
      return answer;
    },
  };
}
