// The addresses at which a host is looked at, spelled the same way by every check so that each is fetched once.
#pragma once

#include "models/target.h"

#include <QString>
#include <QUrl>

namespace cockpit {

// path starts with a slash and may carry a query.
QUrl httpsAddress(const Host &host, const QString &path = QStringLiteral("/"));
QUrl httpAddress(const Host &host, const QString &path = QStringLiteral("/"));

// Same registrable domain: a script from cdn.example.com belongs to app.example.com.
bool isSameSite(const QString &hostA, const QString &hostB);

// By its words, the path of a page where people sign in.
bool looksLikeLogin(const QString &path);

// A word that no real page uses and that stays the same within one run: eight hex digits of what it is made from.
QString probeWord(const QString &seed);

} // namespace cockpit
