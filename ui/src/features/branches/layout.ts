// Where each message of the tree is drawn: a row each, a way's first message before its others, and a lane for every way.
import type { MessageId, TreeNode } from '../../ipc/bindings/types';

/** A piece of a way through a row, from one lane to the same or another. */
export interface Stroke {
  readonly from: number;
  readonly to: number;
  /** above: from the upper edge to the message; below: from it to the lower edge; past: all the way by. */
  readonly part: 'above' | 'below' | 'past';
  readonly on: boolean;
}

export interface TreeRow {
  readonly node: TreeNode;
  /** From 1. */
  readonly depth: number;
  readonly lane: number;
  /** Rows of what it follows, of what follows it first, and of its other versions. */
  readonly parent: number | null;
  child: number | null;
  readonly versions: readonly MessageId[];
  readonly strokes: Stroke[];
}

export interface Tree {
  readonly rows: readonly TreeRow[];
  readonly at: ReadonlyMap<MessageId, number>;
  readonly lanes: number;
  /** Ways from the first message to a last one. */
  readonly branches: number;
}

interface Step {
  readonly row: number;
  readonly children: readonly TreeNode[];
  next: number;
  /** The farthest lane in what was drawn below it so far. */
  far: number;
}

export function layOut(nodes: readonly TreeNode[]): Tree {
  const known = new Set(nodes.map((node) => node.id));
  const below = new Map<MessageId | null, TreeNode[]>();
  for (const node of nodes) {
    const parent = node.parentId !== null && known.has(node.parentId) ? node.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), node]);
  }
  const rows: TreeRow[] = [];
  const at = new Map<MessageId, number>();
  const ways = (id: MessageId | null) => below.get(id) ?? [];
  const add = (node: TreeNode, parent: number | null, lane: number): Step => {
    const versions = ways(parent === null ? null : rows[parent]!.node.id).map((one) => one.id);
    at.set(node.id, rows.length);
    rows.push({ node, depth: parent === null ? 1 : rows[parent]!.depth + 1, lane, parent, child: null, versions, strokes: [] });
    if (parent !== null) {
      rows[parent]!.child ??= rows.length - 1;
      draw(rows, parent, rows.length - 1);
    }
    return { row: rows.length - 1, children: ways(node.id), next: 0, far: lane };
  };
  let far = -1;
  for (const root of ways(null)) {
    // Without calls in calls: a chat may be ten thousand messages deep.
    const steps = [add(root, null, far + 1)];
    for (let step = steps.at(-1); step; step = steps.at(-1)) {
      const child = step.children[step.next];
      if (!child) {
        steps.pop();
        const above = steps.at(-1);
        if (above) above.far = Math.max(above.far, step.far);
        else far = Math.max(far, step.far);
        continue;
      }
      const lane = step.next === 0 ? rows[step.row]!.lane : step.far + 1;
      step.next += 1;
      steps.push(add(child, step.row, lane));
    }
  }
  return { rows, at, lanes: far + 1, branches: rows.filter((row) => row.child === null).length };
}

/** The way from a message to one that follows it, row by row. */
function draw(rows: readonly TreeRow[], parent: number, child: number): void {
  const [from, to] = [rows[parent]!, rows[child]!];
  const on = to.node.shown;
  from.strokes.push({ from: from.lane, to: to.lane, part: 'below', on });
  for (let row = parent + 1; row < child; row += 1) rows[row]!.strokes.push({ from: to.lane, to: to.lane, part: 'past', on });
  to.strokes.push({ from: to.lane, to: to.lane, part: 'above', on });
}

/** What follows a message, it among it: its rows follow each other. */
export function endOf(tree: Tree, row: number): number {
  const depth = tree.rows[row]!.depth;
  let end = row + 1;
  while (end < tree.rows.length && tree.rows[end]!.depth > depth) end += 1;
  return end;
}
