// "Did you mean": the known word that a mistyped one most likely stands for.
#pragma once

#include <QString>
#include <QStringList>

namespace cockpit {

// By edit distance; of two equally near the first. Empty only when there are no words.
QString nearestWord(const QString &mistyped, const QStringList &words);

} // namespace cockpit
