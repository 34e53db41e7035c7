// Scores hosts with the Observatory's own program: mdnoracle.mjs FOLDER_OF_THE_PACKAGE HTTPS_PORT HTTP_PORT HOST…
// Every name leads to 127.0.0.1, and the web's two ports to those of the test server.
import dns from "node:dns";
import net from "node:net";

const [folder, httpsPort, httpPort, ...hosts] = process.argv.slice(2);

dns.lookup = (name, options, callback) => {
  const done = callback ?? options;
  const isAll = typeof options === "object" && options.all;
  process.nextTick(() => (isAll ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4)));
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  const port = { 443: httpsPort, 80: httpPort }[options?.port];
  if (port) options.port = Number(port);
  return connect.apply(this, args);
};

// The package asks for a newer Node.js than Debian has.
Set.prototype.union ??= function (other) {
  return new Set([...this, ...other]);
};

const { scan } = await import(`${folder}/src/scanner/index.js`);
const { ALGORITHM_VERSION } = await import(`${folder}/src/constants.js`);
const { getScoreModifier } = await import(`${folder}/src/grader/grader.js`);
const siteOf = await import(`${folder}/src/site.js`).then(
  ({ Site }) => (host) => Site.fromSiteString(host),
  () => (host) => host
);

for (const host of hosts) {
  const line = { host, algorithm: ALGORITHM_VERSION, score: null, grade: null, tests: {} };
  try {
    const result = await scan(siteOf(host));
    line.score = result.scan.score;
    line.grade = result.scan.grade;
    for (const [name, test] of Object.entries(result.tests)) {
      line.tests[name] = { outcome: test.result, modifier: getScoreModifier(test.result) };
    }
  } catch (error) {
    line.error = String(error.message);
  }
  console.log(JSON.stringify(line));
}
process.exit(0);
