// What the shop's letters have in common.
#pragma once

#include <QByteArray>

#include <chrono>

namespace cockpit::shop {

// A mail server's answer takes that long, when one waits for it.
constexpr std::chrono::milliseconds kMailTakes(80);

QByteArray newLinkToken(); // 256 bits

} // namespace cockpit::shop
