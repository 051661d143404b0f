// The types of the plugin, which needs nothing of unified to be compiled.

export interface LeaderElectionOptions {
  /** The folder of Hustings. With it, a page with figures loads `v1/embed.js` from there; without it, the site does. */
  player?: string;
  /** Adds a picture that is shown until the figure plays. Default: true. */
  poster?: boolean;
  /** Whether a scenario with errors or failed expectations fails the build; else it stays a block. Default: true. */
  check?: boolean;
  /** The limit of the searches behind `expect always`, and of the count of seeds. Default: 10. */
  seconds?: number;
}

/** Turns fenced blocks of the language `leader-election` into live figures. */
export default function remarkLeaderElection(options?: LeaderElectionOptions): (tree: any, file: any) => void;
