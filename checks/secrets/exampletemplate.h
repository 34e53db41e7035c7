// Examples of keys that are none until they are read: a repository that holds whole keys is stopped by the protection
// of its host, and rightly so.
#pragma once

#include <QByteArray>

namespace cockpit {

// The text with its templates filled: {alnum:24} {hex:40} {HEX:32} {upper:16} {lower:8} {digits:10} {b64:40}
// {b64url:43} {base32:16} {uuid}. The same seed gives the same characters on every machine. They are as mixed as the
// alphabet allows, so that a floor of entropy never refuses them by chance, and do not read like words where the
// alphabet has more than small letters. Other braces stay.
QByteArray expanded(const QByteArray &text, quint32 seed);

// How many characters its templates stand for. Digits count where they stand beside another template: by themselves
// they are a number that others know.
qsizetype randomCharactersIn(const QByteArray &text);

// The first {word:number} in the text that is no template; empty: none.
QByteArray unknownTemplate(const QByteArray &text);

} // namespace cockpit
