// Writes the numbering plans that phone detection reads, from the metadata of the npm package libphonenumber-js.
// Usage: node phone-plans.mjs PACKAGE_FOLDER > plans.txt
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const metadata = JSON.parse(readFileSync(join(folder, "metadata.max.json"), "utf8"));

// Places in a country's entry: calling code, international prefix, pattern of all numbers, lengths, formats, trunk prefix, …, types.
const [CODE, , PATTERN, LENGTHS, , TRUNK] = [0, 1, 2, 3, 4, 5];
const TYPES = 11;
const MOBILE = 1;

const typed = (types) => (types || []).filter((type) => type && type[0]).map((type) => type[0]);
const row = (name, entry) => {
  const types = typed(entry[TYPES]);
  const mobile = entry[TYPES] && entry[TYPES][MOBILE] ? entry[TYPES][MOBILE][0] : "";
  return [name, entry[CODE], entry[TRUNK] || "", (entry[LENGTHS] || []).join(","), entry[PATTERN], types.length > 0 ? types.join("|") : entry[PATTERN], mobile].join("\t");
};

const rows = Object.entries(metadata.countries).map(([name, entry]) => row(name, entry));
for (const [code, entry] of Object.entries(metadata.nonGeographic)) {
  rows.push(row("001", [code, ...entry.slice(1)]));
}

process.stdout.write(
  `# Numbering plans: country, calling code, trunk prefix, lengths, all numbers, numbers by type, mobile numbers; parted by tabs.\n` +
    `# Written by ops/phone-plans from metadata.max.json of libphonenumber-js ${about.version} (npm, MIT), which is made of Google's\n` +
    `# libphonenumber metadata (Apache-2.0). Facts only; do not edit.\n` +
    rows.sort().join("\n") + "\n",
);
