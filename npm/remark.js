// A plugin of remark: fenced blocks of the language `leader-election` become live figures, and a block whose
// scenario cannot be read, or whose expectations fail, fails the build.
import { check, figure, ScriptError } from "./index.js";

const NAME = "leader-election";

export default function remarkLeaderElection(options = {}) {
  const { player, poster = true, seconds } = options;
  const isChecked = options.check ?? true;
  return (tree, file) => {
    const failed = [];
    let hasLoader = player === undefined;
    // A problem of a line of the script, as one of the document.
    const report = (block, line, text) => {
      const start = block.position?.start.line;
      const place = start === undefined ? undefined : { line: start + (line ?? 0), column: 1 };
      const message = file.message(text, place, `hustings:${NAME}`);
      message.fatal = isChecked;
      failed.push(message);
    };
    const made = (block) => {
      const script = `${block.value}\n`;
      try {
        if (isChecked) {
          const { fine, report: found } = check(script, { seconds });
          const broken = found.expectations.filter(({ holds }) => !holds);
          for (const { line, text, reason } of broken) {
            report(block, line, `${text}: ${reason}`);
          }
          if (!fine) {
            return [block];
          }
        }
        const element = parsed(figure(script, { poster }));
        const before = hasLoader ? [] : [loader(player)];
        hasLoader = true;
        return [...before, node(element)];
      } catch (error) {
        if (!(error instanceof ScriptError)) {
          throw error;
        }
        for (const { line, message } of error.problems) {
          report(block, line, message);
        }
        return [block];
      }
    };
    const walk = (parent) => {
      parent.children = parent.children.flatMap((child) => {
        if (child.children) {
          walk(child);
        }
        return isFigure(child) ? made(child) : [child];
      });
    };
    walk(tree);
    if (isChecked && failed.length > 0) {
      throw failed[0];
    }
  };
}

// `leader-election`, but not `leader-election,ignore`.
function isFigure({ type, lang, meta }) {
  const [language, ...words] = `${lang ?? ""} ${meta ?? ""}`.split(/[\s,]+/);
  return type === "code" && language === NAME && !words.includes("ignore");
}

// A node that remark-rehype turns into the element.
function node({ tagName, properties, children }) {
  return { type: "leaderElection", data: { hName: tagName, hProperties: properties, hChildren: children } };
}

function loader(player) {
  const src = `${player.replace(/\/$/, "")}/v1/embed.js`;
  return node({ tagName: "script", properties: { src, defer: true }, children: [] });
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"' };

function plain(text) {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, number, name) =>
    number ? String.fromCodePoint(Number(number)) : ENTITIES[name],
  );
}

// The element as hast. `figure` writes well-formed elements with attributes in double quotes.
function parsed(html) {
  const root = { children: [] };
  const open = [root];
  const pieces = /<(\/?)([\w-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/g;
  for (const [, end, tagName, attributes, isEmpty, text] of html.trim().matchAll(pieces)) {
    const parent = open.at(-1);
    if (text !== undefined) {
      parent.children.push({ type: "text", value: plain(text) });
    } else if (end) {
      open.pop();
    } else {
      const found = [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)];
      const properties = Object.fromEntries(found.map(([, name, value]) => [name, value === undefined ? true : plain(value)]));
      const element = { type: "element", tagName, properties, children: [] };
      parent.children.push(element);
      if (!isEmpty) {
        open.push(element);
      }
    }
  }
  return root.children[0];
}
