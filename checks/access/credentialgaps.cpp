// What the table of routes and bad credentials did not tell.
#include "checks/access/credentialfindings.h"
#include "checks/actors/routeaddress.h"
#include "checks/engine/inwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CredentialMatrix)
};

constexpr qsizetype kMostRoutesShown = 5;

QStringList notAsked(const CredentialTable &table)
{
    return table.untold + table.leftOut + table.unreachable + table.unreadable;
}

bool isTried(BadCredential kind, const CredentialRow &row, TryTold told)
{
    return std::ranges::any_of(row.tries,
                               [&](const CredentialTry &one) { return one.kind == kind && toldOf(one, row) == told; });
}

bool hasTold(BadCredential kind, const CredentialRow &row)
{
    return isTried(kind, row, TryTold::Held) || isTried(kind, row, TryTold::Opened);
}

// Each column of that code that there was to try has told.
bool hasToldAll(const QString &code, const CredentialRow &row, const CredentialTable &table)
{
    return std::ranges::all_of(table.columns,
                               [&](BadCredential kind) { return codeOf(kind) != code || hasTold(kind, row); });
}

// For the whole project: nobody brings a key, no expired token was pasted, or the session was not ended.
bool canBeTried(const QString &code, const CredentialTable &table)
{
    if (code == codeOf(BadCredential::Ended))
        return !endsNowhere(table) && std::ranges::any_of(table.rows, [](const CredentialRow &row) {
            return hasTold(BadCredential::Ended, row);
        });
    return std::ranges::any_of(table.columns, [&](BadCredential kind) { return codeOf(kind) == code; });
}

// Beside what nobody ever had it is told there, and not under its own code.
bool isToldElsewhere(const QString &code, const CredentialRow &row)
{
    const auto isOpened = [&](const QString &by) {
        return std::ranges::any_of(row.tries, [&](const CredentialTry &one) {
            return codeOf(one.kind) == by && toldOf(one, row) == TryTold::Opened;
        });
    };
    return code != kRouteOpened && isOpened(code) && isOpened(kRouteOpened);
}

bool isSeen(const QString &code, const CredentialRow &row, const CredentialTable &table)
{
    const bool hasAll =
        code == codeOf(BadCredential::Ended) ? hasTold(BadCredential::Ended, row) : hasToldAll(code, row, table);
    return hasAll && !isToldElsewhere(code, row);
}

// Was asked and did not tell, or was broken off.
bool isUnclear(const CredentialRow &row, const CredentialTable &table)
{
    const QString ended = codeOf(BadCredential::Ended);
    const bool isEndLeft = row.isActors && canBeTried(ended, table) && !hasTold(BadCredential::Ended, row);
    const bool isEndUnclear = isEndLeft || isTried(BadCredential::Ended, row, TryTold::Nothing);
    return isEndUnclear ||
           !std::ranges::all_of(credentialCodes(), [&](const QString &code) { return hasToldAll(code, row, table); });
}

// The findings that the table leaves open.
void hideIn(LookGaps &gaps, const CredentialTable &table)
{
    if (table.rows.empty() && notAsked(table).isEmpty()) // no private route that could be read
        return;
    for (const QString &code : credentialCodes()) {
        if (!canBeTried(code, table)) {
            gaps.keepCodes({code}); // without such a credential, or an end, there is nothing to try it with
            continue;
        }
        for (const QString &route : notAsked(table))
            gaps.hide({.subject = route, .code = code});
        for (const CredentialRow &row : table.rows) {
            if (isSeen(code, row, table))
                continue;
            const Unseen gap{.subject = routeName(row.route), .code = code};
            // With an administrator's session routes are only read: nobody ends it.
            const bool isNeverTried = code == codeOf(BadCredential::Ended) && !row.isActors;
            isNeverTried ? gaps.keep(gap) : gaps.hide(gap);
        }
    }
}

} // namespace

// A product whose sessions go on everywhere ends none.
bool endsNowhere(const CredentialTable &table)
{
    const auto isOf = [&](TryTold told) {
        return std::ranges::any_of(table.rows, [&](const CredentialRow &row) {
            return row.isActors && isTried(BadCredential::Ended, row, told);
        });
    };
    return isOf(TryTold::Opened) && !isOf(TryTold::Held);
}

QString credentialWords(const CredentialTable &table)
{
    const auto asked = static_cast<qsizetype>(table.rows.size());
    const qsizetype all = asked + notAsked(table).size();
    return all == 0 ? QString()
                    : Text::tr("Bad credentials were tried at %1 of %2 private routes")
                          .arg(QString::number(asked), QString::number(all));
}

LookGaps credentialGaps(const CredentialTable &table)
{
    LookGaps gaps;
    hideIn(gaps, table);
    QStringList unclear;
    for (const CredentialRow &row : table.rows) {
        if (isUnclear(row, table))
            unclear.append(routeName(row.route));
    }
    const auto add = [&](const QString &sentence, const QStringList &routes) {
        if (!routes.isEmpty())
            gaps.say(sentence.arg(namesInWords(routes, kMostRoutesShown)));
    };
    add(Text::tr("Not every bad credential got an answer that tells, at: %1."), unclear);
    add(Text::tr("Private routes that tell nothing about bad credentials, as they did not let the account in, or let a "
                 "stranger in: %1."),
        table.untold);
    add(Text::tr("Private routes without a bad credential sent to them, as ten are tried at most, and only while "
                 "requests are left: %1."),
        table.leftOut);
    add(Text::tr("Private routes without a bad credential sent to them, as no address with a real id is known, or "
                 "their host is not in the permission: %1."),
        table.unreachable);
    add(Text::tr("Private routes without a bad credential sent to them, as none of the accounts that signed in may "
                 "read them: %1."),
        table.unreadable);
    if (table.refusedSignOut)
        gaps.say(Text::tr("Signing out was answered with status %1, so no ended session was tried.")
                     .arg(QString::number(*table.refusedSignOut)));
    return gaps;
}

} // namespace cockpit
