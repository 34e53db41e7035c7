// Lists in sentences: a few are shown, and how many more there are. What is left out is in the observed facts.
#pragma once

#include <QStringList>

namespace cockpit {

constexpr qsizetype kMostNamesShown = 8;
constexpr qsizetype kMostSentencesShown = 12;

// "a, b, and 2 more"; empty without any.
QString namesInWords(const QStringList &names, qsizetype most = kMostNamesShown);
// "One. Two. And 2 more."; empty without any.
QString sentencesInWords(const QStringList &sentences, qsizetype most = kMostSentencesShown);

} // namespace cockpit
