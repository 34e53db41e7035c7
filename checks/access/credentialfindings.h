// What the table of routes and bad credentials says. Pure.
#pragma once

#include "checks/access/credentialmatrix.h"
#include "checks/engine/lookgaps.h"
#include "models/finding.h"

#include <QJsonArray>

namespace cockpit {

inline const QString kRouteOpened = QStringLiteral("bad_credential_opens"); // what nobody ever had
// The code under which it is told that a route takes such a credential: kRouteOpened for each that nobody ever had.
QString codeOf(BadCredential kind);
QStringList credentialCodes(); // all four

// The column that asks the same of every route as this forgery asked of one; empty: none.
std::optional<BadCredential> columnOf(ForgeryKind kind);

// One for each route that lets a bad credential in, and for each code where nothing invented does. toldAlready: kinds
// that the product takes everywhere, which is a finding of its own. known: masked in evidence.
std::vector<Finding> credentialFindings(const CredentialTable &table, const std::vector<BadCredential> &toldAlready,
                                        const std::vector<Secret> &known);

// For observed: [{"route","cells": [{"credential","status","opened"}]}].
QJsonArray credentialRows(const CredentialTable &table);

// "Bad credentials were tried at 4 of 9 private routes"; empty where there are none.
QString credentialWords(const CredentialTable &table);

// What was not asked, or did not tell. What cannot be tried at all, like an expired token where nobody pasted one, has
// no sentence here.
LookGaps credentialGaps(const CredentialTable &table);

// No route tells that the session ended, and some were asked: access.logout tells of that.
bool endsNowhere(const CredentialTable &table);

} // namespace cockpit
