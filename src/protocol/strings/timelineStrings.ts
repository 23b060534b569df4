/** The words of the timeline tab. `{0}` … are filled by the webview. */
export interface TimelineStrings {
  /** What the picture shows, as its name. */
  readonly label: string;
  /** In place of the picture before there is anything to draw. */
  readonly notSent: string;
  readonly phases: string;
  readonly phase: string;
  readonly waitingForHeaders: string;
  readonly waitingForFirstByte: string;
  readonly streaming: string;
  readonly receiving: string;
  readonly ended: string;
  /** What it took to connect. */
  readonly connecting: string;
  readonly step: string;
  /** A TCP connection. */
  readonly connect: string;
  readonly proxyTunnel: string;
  readonly reused: string;
  readonly lastByte: string;
  readonly moments: string;
  readonly moment: string;
  readonly sent: string;
  readonly firstByte: string;
  readonly firstEvent: string;
  readonly firstText: string;
  /** Of the function. */
  readonly timeLimit: string;
  /** `{0} (first)`, of the name of a callback. */
  readonly firstOf: string;
  /** `{0} (last of {1})` */
  readonly lastOf: string;
  readonly duration: string;
  readonly eventsPerSecond: string;
  readonly gapP50: string;
  readonly gapP95: string;
  readonly longestGap: string;
  readonly stalls: string;
  readonly heartbeats: string;
  readonly nextEvent: string;
  /** Where no event has ended a stall. */
  readonly noEvent: string;
  readonly time: string;
  readonly from: string;
  readonly length: string;
  /** `Events per {0}, at most {1}`: the width of a bar and the highest one. */
  readonly eventsPer: string;
  readonly events: string;
  readonly bytes: string;
  /** `in a stall of {0}` */
  readonly inStall: string;
  readonly zoomLabel: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly savePicture: string;
  readonly clearSelection: string;
  /** `{0} shown`: a stretch of time. */
  readonly viewShown: string;
  /** `{0} selected` */
  readonly selected: string;
  /** `Event {0}` */
  readonly event: string;
}
