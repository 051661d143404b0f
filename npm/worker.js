// The thread in which the command line runs.
import { parentPort, workerData } from "node:worker_threads";
import { machine } from "./machine.js";
import { commandLine } from "./program.node.js";

const { interrupted, args } = workerData;
const interrupts = {
  watch: () => parentPort.postMessage("watch"),
  happened: () => Atomics.load(interrupted, 0) === 1,
};
process.exit(commandLine(args, machine(interrupts)));
