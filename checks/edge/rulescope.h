// Which requests a rule of Cloudflare is about, by its expression.
#pragma once

#include "checks/edge/ruleexpression.h"

namespace cockpit {

// What a comparison is about.
bool isHost(const Comparison &one);
bool isMethod(const Comparison &one);
bool isPath(const Comparison &one); // address, path or query
// Somebody who is signed in: a cookie is there, or the header for that. Not: who has none.
bool picksSignedIn(const Comparison &one);
bool isAboutSession(const Comparison &one);

// Every page of every path, be it on some hosts only: all that is asked for with GET over HTTPS.
bool isAboutEverything(const RuleBranch &branch);
bool isAboutEverything(const RuleExpression &expression); // one branch of it
// Every request that a visitor can send: a host or a method picks some.
bool isAboutEverybody(const RuleExpression &expression);
// Hosts that a comparison names, in whole addresses too ("https://app.example.com/*"), or that a branch is about;
// empty: all. A "*" in one stands for any text. What a regular expression stands for is left out.
QStringList hostsOf(const Comparison &one);
QStringList hostsIn(const RuleBranch &branch);
// It picks hosts by a regular expression, and nobody can tell which.
bool isOfUnknownHosts(const Comparison &one);
bool isOneOfHosts(const QString &host, const QStringList &hosts);
// Texts that its paths are to be like.
QStringList pathsIn(const RuleBranch &branch);

} // namespace cockpit
