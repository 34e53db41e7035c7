// What the programs for the baseline of `launch-cockpit secrets` begin with: the name of the file, a weak password that
// settings have, and a file as earlier versions wrote it.
#pragma once

#include <QByteArray>
#include <QMessageAuthenticationCode>
#include <QString>

namespace cockpit {

inline const QString kBaseline = QStringLiteral(".launch-cockpit-baseline.json");
constexpr auto kPassword = "Sommer2024!";

inline QByteArray settingsWith(const QByteArray &password)
{
    return "DB_PASSWORD=" + password + "\n";
}

// As versions before the slow hash wrote it.
inline QByteArray earlierFile(const QByteArray &key, const QByteArray &password)
{
    const QByteArray hash = QMessageAuthenticationCode::hash(password, key, QCryptographicHash::Sha256).toHex();
    return "{\"schema\":1,\"key\":\"" + key.toHex() + "\",\"accepted\":[{\"fingerprint\":\"" + hash +
           "\",\"rule\":\"generic-password\",\"file\":\"app.ini\",\"line\":1}]}";
}

} // namespace cockpit
