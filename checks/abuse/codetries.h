// How far guessing gets at a code of a few digits (a second factor, a reset by mail or text message): tries that are
// heard, and the chance that they give (facts 19).
#pragma once

#include "checks/abuse/loginsiege.h"
#include "checks/actors/entrycaller.h"

#include <optional>
#include <vector>

namespace cockpit {

struct CodeEntry
{
    EntryPoint point; // its body has the holes {{code}} and {{user}}
    int digits = 0;
};

struct CodeTries
{
    QString route; // "POST /verify-code"
    int digits = 0;
    TrySeries series = {};
    QString notTested = {}; // a sentence
};

constexpr int kMostCodeTries = 20;
// An address beside it that nobody has, and the tries.
constexpr int kCodeRequests = kMostCodeTries + 1;

// The routes whose example has a one-time code of 4 to 8 digits, says whose it is, and names nobody beside the account
// (otheridentity.h): wrong codes for whoever the example was recorded of could lock a real person out.
std::vector<CodeEntry> codeEntriesOf(const Target &target, const ProjectFacts &facts);
// Those whose example does not say that, or not how long its codes are, each with the reason why it is not tried.
std::vector<CodeTries> codesNotTried(const Target &target, const ProjectFacts &facts);

// user: of an account that may be locked.
CodeTries codeTriesOf(const CodeEntry &entry, const QString &user, Wire &wire);

// That one of so many different codes is the right one.
double chanceOf(int digits, qint64 tries);
// "0.002 %", with two significant digits; "100 %" at most.
QString percentOf(double chance);

} // namespace cockpit
