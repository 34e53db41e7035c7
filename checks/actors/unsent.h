// What a look had planned and did not send: it is said, and closes no finding that it would have raised.
#pragma once

#include "models/unseen.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

struct Unsent
{
    std::vector<Unseen> hides; // the findings that it may have raised
    QString sentence = {};     // what was not sent, and why; empty: it is said elsewhere
};

// To the sentences of what stays open, each once, and to the findings that this may hide.
void addUnsent(const std::vector<Unsent> &all, QStringList &open, std::vector<Unseen> &unseen);

} // namespace cockpit
