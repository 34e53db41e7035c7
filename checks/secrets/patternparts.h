// What the patterns of many rules have in common: how a name goes on, and what stands between a name and its value.
#pragma once

#include <QByteArray>

namespace cockpit {

// The pattern with its parts filled in: {stage}, {end}, {given}, {quoted}, {named}, {typed}, {fallback}, {pair}, {made}
// (patternparts.cpp says what each is). Other braces stay.
QByteArray withParts(QByteArray pattern);

} // namespace cockpit
