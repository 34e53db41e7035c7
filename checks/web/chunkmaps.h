// How a script names the other scripts of its app, and where their source maps are.
#pragma once

#include <QByteArray>
#include <QUrl>

#include <vector>

namespace cockpit {

// Script addresses that a script or a list names: import("./x.js"), "static/chunks/x.js", "/_next/static/…", a worker's
// new URL("x.js", import.meta.url), what a service worker keeps, and the tables of webpack, "static/js/" + e + "." +
// {12: "ab34"}[e] + ".chunk.js". At most some hundreds.
std::vector<QUrl> chunksNamedIn(const QByteArray &code, const QUrl &url);

// The source map that a script refers to in its last lines, "//# sourceMappingURL=app.js.map"; empty without one. A
// map inside a data: address is not a file of its own.
QUrl sourceMapNamedIn(const QByteArray &code, const QUrl &url);

// The text of a map that stands in the script itself, as a data: address; empty without one.
QByteArray sourceMapInside(const QByteArray &code);

// A source map (https://tc39.es/ecma426/) that carries the text of the program: JSON of version 3 with sourcesContent.
// Content decides: many servers answer an absent map with their front page.
bool isSourceMap(const QByteArray &body);
// The same for the beginning of one: Vite, Rollup and esbuild write the mappings last.
bool isSourceMapCut(const QByteArray &beginning);

} // namespace cockpit
