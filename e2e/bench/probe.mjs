// The probe, which measures inside the page. It is injected before the page's own scripts and wraps browser
// interfaces, so that the page contains no code for it. The function runs in the page, so it may use nothing else of
// this file.
export const probe = () => {
  const real = {
    frame: window.requestAnimationFrame.bind(window),
    timeout: window.setTimeout.bind(window),
    interval: window.setInterval.bind(window),
  };
  const bench = { asked: 0, ran: 0, frames: [], inputs: [], memory: null, ready: null };
  window.bench = bench;

  // Runs once the task that is going on is over, microtasks included.
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => waiting.splice(0).forEach((then) => then(performance.now()));
  const afterTask = (then) => {
    waiting.push(then);
    channel.port2.postMessage(null);
  };

  // Each frame, with how long each canvas took of it.
  let painting = null;
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...args) {
    painting?.push(this.canvas.className || this.canvas.parentElement?.className || "other");
    painted();
    return clear.apply(this, args);
  };
  window.requestAnimationFrame = (callback) => {
    bench.asked += 1;
    return real.frame((now) => {
      bench.ran += 1;
      painting = [];
      const start = performance.now();
      callback(now);
      const spent = performance.now() - start;
      let frame = bench.frames.at(-1);
      if (frame?.now !== now) bench.frames.push((frame = { now, spent: 0, of: {} }));
      frame.spent += spent;
      const what = painting[0] ?? "other";
      frame.of[what] = (frame.of[what] ?? 0) + spent;
      painting = null;
    });
  };
  for (const [name, ask] of [["setTimeout", real.timeout], ["setInterval", real.interval]]) {
    window[name] = (callback, ...rest) => {
      bench.asked += 1;
      return ask(() => {
        bench.ran += 1;
        callback();
      }, ...rest);
    };
  }

  // Each key and each move of a pointer: when it came, when the last task that painted because of it
  // was over, and when that picture had been through a frame.
  let input = null;
  let noted = false;
  for (const type of ["keydown", "pointermove"]) {
    window.addEventListener(type, () => {
      input = { type, start: performance.now(), painted: null, presented: null };
      bench.inputs.push(input);
    }, { capture: true });
  }
  const painted = () => {
    if (!input || noted) return;
    const own = input;
    noted = true;
    afterTask((now) => {
      noted = false;
      own.painted = now - own.start;
      real.frame(() => afterTask((now) => (own.presented = now - own.start)));
    });
  };

  // The program's memory; and when the picture has the buttons that make it interactive.
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const make = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await make.apply(WebAssembly, args);
      bench.memory = (made.instance ?? made).exports.memory;
      return made;
    };
  }
  const watch = new MutationObserver(() => {
    if (!document.querySelector(".accessible-list button")) return;
    watch.disconnect();
    afterTask((now) => (bench.ready = now));
  });
  watch.observe(document, { childList: true, subtree: true });
};
