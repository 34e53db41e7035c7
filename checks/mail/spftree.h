// An SPF record with everything it includes: what a receiver may have to look up in the worst case (RFC 7208 4.6.4).
#pragma once

#include "checks/engine/observations.h"
#include "checks/mail/spfrecord.h"
#include "checks/net/dnsclient.h"
#include "models/recordwish.h"

namespace cockpit {

constexpr int kSpfLookupLimit = 10;
constexpr int kSpfVoidLimit = SpfBudget::kVoidLimit;

enum class SpfStatus { None, Valid, PermError, TempError };
QString toWord(SpfStatus status);

// What is wrong with one record; the words are codes of mail.spf's findings.
enum class SpfFault { Nothing, Missing, MultipleRecords, SyntaxError, Loop, DnsFailure };

struct SpfNode
{
    QString domain;
    QString via; // the term that led here, as written; empty for the root
    SpfFault fault = SpfFault::Nothing;
    std::vector<QByteArray> records; // all that start with v=spf1
    std::optional<SpfRecord> parsed; // exactly one record, without a fault
    std::optional<SpfSyntaxError> syntaxError;
    std::vector<SpfNode> children; // includes and the redirect that do not depend on the sender, in order
    int ownLookups = 0;            // terms of this record that cost a look-up

    int lookups() const; // with those of all children
};

struct SpfTree
{
    SpfNode root;
    QStringList voidTerms;   // "a:old.example.com" that lead nowhere
    bool isCutShort = false; // too large to walk to its end

    int lookups() const { return root.lookups(); }
};

// The record set of one name, judged alone.
SpfNode readSpfNode(const QString &domain, const QString &via, const DnsAnswer &answer);

// Asks for the record and, level by level, for all that it refers to. An error is that of the first question; one
// further down is that node's DnsFailure.
[[nodiscard]] Result<SpfTree> walkSpf(const QString &domain, Observations &seen);

// The same for a record that nobody has published yet: node is what would be read.
[[nodiscard]] SpfTree walkSpfFrom(SpfNode root, Observations &seen);

// What could not be read, a sentence each: the domain's own record or one at a name below it, of which the DNS failed,
// and the rest of a tree that is too large. What fails elsewhere is somebody else's.
QStringList gapsIn(const SpfTree &tree);

// The tree indented, one record a line, with its cost: evidence.
QString printedSpfTree(const SpfTree &tree);

} // namespace cockpit
