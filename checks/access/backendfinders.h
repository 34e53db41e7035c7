// Which backend services beside Supabase and Firebase a text of code names. Of what is recognised by a library's words
// alone, BackendFound::isCertain is false. Pure.
#pragma once

#include "checks/access/backends.h"

class QRegularExpression;
class QRegularExpressionMatch;

namespace cockpit {

// Cheap: whether reading the file is worth while.
bool maySpeakOfOthers(const QByteArray &file);
void findOthers(std::vector<BackendFound> &all, const QString &code);
void addOtherNames(BackendFound &found, const QString &code);

// The host is one that the vendor of that service gives to customers.
bool isAtVendor(const BackendFound &found);

// Once each, kMostBackends at most.
void addBackend(std::vector<BackendFound> &all, BackendFound found);
// What the pattern's first group takes, once each.
void addNames(QStringList &names, const QString &code, const QRegularExpression &pattern, qsizetype most);
// The same of what is made of each match; empty: no name.
using NameOfMatch = QString (*)(const QRegularExpressionMatch &match);
void addNames(QStringList &names, const QString &code, const QRegularExpression &pattern, qsizetype most,
              NameOfMatch nameOf);

} // namespace cockpit
