// What a page writes into itself piece by piece while it loads.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace cockpit {

// The pieces of inline scripts joined and decoded once, empty without any: the rows of Next.js'
// self.__next_f.push([1,"…"]), and the state of Remix and React Router, …streamController.enqueue("…"). A piece may end
// in the middle of a word, so that no single one shows what stands there. Linear in the scripts.
QByteArray streamedStateIn(const QStringList &inlineScripts);

// The number of a Next.js build, as page data or those rows name it; empty without one. Its lists of pages lie below
// it.
QString nextBuildIn(const QByteArray &text);

} // namespace cockpit
