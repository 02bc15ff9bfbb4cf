// Reads a GraphML or GEXF file as Gephi Lite does and prints what it holds as one line of JSON.
// usage: node count.mjs FILE; NODE_PATH names the folder of graphology, graphology-graphml and graphology-gexf.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.env.NODE_PATH + "/");
const { MultiDirectedGraph } = require("graphology");
const file = process.argv[2];
const { parse } = require(file.endsWith(".gexf") ? "graphology-gexf" : "graphology-graphml");
const text = readFileSync(file, "utf8");
const graph = parse(MultiDirectedGraph, text, { addMissingNodes: false, allowUndeclaredAttributes: false });
const count = (attributes) => Object.values(attributes).filter((v) => v !== undefined && v !== "").length;
let nodeValues = 0, edgeValues = 0;
graph.forEachNode((_, attributes) => (nodeValues += count(attributes)));
graph.forEachEdge((_, attributes) => (edgeValues += count(attributes)));
const names = (each) => { const s = new Set(); graph[each]((_, a) => Object.keys(a).forEach((k) => s.add(k))); return [...s].sort(); };
console.log(JSON.stringify({ nodes: graph.order, edges: graph.size, nodeValues, edgeValues,
  nodeNames: names("forEachNode"), edgeNames: names("forEachEdge") }));
