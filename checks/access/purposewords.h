// What the words of a purpose ("join", "room") say a message is for. Pure.
#pragma once

#include "checks/access/messagepurpose.h"

#include <QStringList>

namespace cockpit {

// words: wordsOfPurpose(). Other where they say more than one thing, and for none.
MessagePurpose purposeOfWords(const QStringList &words);
// One of them speaks of something that stays ("create", "team").
bool mayLast(const QStringList &words);

} // namespace cockpit
