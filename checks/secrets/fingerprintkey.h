// The key of the fingerprints: random, of this machine and user alone. It opens nothing, but who has it could test
// guesses against a fingerprint, so it is not shared.
#pragma once

#include <QByteArray>
#include <QString>

#include <string_view>

namespace cockpit {

struct FingerprintKey
{
    QByteArray bytes; // 32
    bool isKept = false;
    QString whyNotKept; // for people; empty when it is kept
};

// Reads the key from the file "fingerprint.key" (mode 0600) in the folder, or makes both. Two programs that start at
// once get the same one. Where nothing can be written it is of this session only: fingerprints then differ from those
// of the next. A file that is no such key is left as it is.
FingerprintKey fingerprintKeyIn(const QString &folder);
// HMAC-SHA-256 of a value, in hexadecimal digits: the same value and key, the same fingerprint.
QByteArray fingerprintOf(std::string_view value, const QByteArray &key);
// One that is not kept, for what brings its own (a baseline).
QByteArray newFingerprintKey();

} // namespace cockpit
