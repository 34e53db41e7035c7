// One body, said to be of another kind: rules that look into JSON alone, or are attached to it, do not see it, and the
// handler behind may read it all the same (facts 15).
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace cockpit {

struct ContentSwap
{
    QByteArray contentType;
    QByteArray body;
    QString label; // "a form"; for people
};

constexpr int kMostContentSwaps = 3;

// A form, the same bytes as plain text, XML; without the one that it is. For a flat object of JSON or a form; of nested
// members only those that are texts, numbers and truths are taken over. Empty for any other body.
std::vector<ContentSwap> contentSwaps(const QByteArray &contentType, const QByteArray &body);

} // namespace cockpit
