#include "checks/access/enumerationwords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Enumeration)
};

} // namespace

QString titleOf(EntryKind kind)
{
    switch (kind) {
    case EntryKind::SignUp:
        return Text::tr("Sign-up tells who has an account");
    case EntryKind::Forgot:
        return Text::tr("Asking for a reset link tells who has an account");
    case EntryKind::MagicLink:
        return Text::tr("Asking for a link to sign in tells who has an account");
    case EntryKind::Discovery:
        return Text::tr("The question how somebody signs in tells who has an account");
    case EntryKind::Lookup:
        return Text::tr("Anybody can look up who has an account");
    case EntryKind::Invite:
        return Text::tr("Inviting somebody tells who has an account");
    default:
        return Text::tr("The login tells who has an account");
    }
}

// At sign-up many products choose to say so, an invitation is seen by administrators alone, and profiles with a name
// may be there to be seen.
Severity severityOf(const EnumerationEntry &entry)
{
    const bool isSmall = entry.kind == EntryKind::Invite || entry.kind == EntryKind::SignUp || !entry.byMail;
    return isSmall ? Severity::Low : Severity::Medium;
}

namespace {

QString partsOf(const QStringList &words)
{
    QStringList parts;
    for (const QString &word : words) {
        if (word == "status"_L1)
            parts.append(Text::tr("the status"));
        else if (word == "location"_L1)
            parts.append(Text::tr("where it leads"));
        else if (word == "cookies"_L1)
            parts.append(Text::tr("the cookies"));
        else if (word == "headers"_L1)
            parts.append(Text::tr("the headers"));
        else
            parts.append(Text::tr("the text"));
    }
    return parts.join(u", "_s);
}

int statusFor(const EnumerationEntry &entry, bool isKnown)
{
    const auto it = std::ranges::find(entry.samples, isKnown, &EnumerationSample::isKnown);
    return it == entry.samples.end() ? 0 : it->features.status;
}

QString milliseconds(double value)
{
    return QLocale().toString(value, 'f', 0);
}

} // namespace

QString sawDifference(const EnumerationEntry &entry, const EnumerationComparison &seen)
{
    if (entry.kind == EntryKind::Lookup)
        return Text::tr("%1, asked by somebody who has not signed in, answers differently for who has an account: %2 "
                        "(status %3 for the account, %4 for others). It was the same in all of %5 answers for the "
                        "account and %6 for others.")
            .arg(entry.route, partsOf(seen.differs), QString::number(statusFor(entry, true)),
                 QString::number(statusFor(entry, false)), QString::number(seen.known), QString::number(seen.unknown));
    return Text::tr("%1 answers differently for addresses that have an account: %2. It was the same in all of %3 "
                    "answers for accounts and %4 for others.")
        .arg(entry.route, partsOf(seen.differs), QString::number(seen.known), QString::number(seen.unknown));
}

QString sawState(const EnumerationEntry &entry, const EnumerationComparison &seen, AccountState state)
{
    const QString saw = state == AccountState::Locked
                            ? Text::tr("%1 answers differently for a locked account than for addresses that have none: "
                                       "%2. It was the same in all of %3 answers for it and %4 for others.")
                            : Text::tr("%1 answers differently for an account whose address was never confirmed than "
                                       "for addresses that have none: %2. It was the same in all of %3 answers for it "
                                       "and %4 for others.");
    return saw.arg(entry.route, partsOf(seen.differs), QString::number(seen.known), QString::number(seen.unknown));
}

QString sawTime(const EnumerationEntry &entry, const EnumerationComparison &seen)
{
    return Text::tr("%1 takes %2 ms %3 for addresses that have an account (95 percent: %4 to %5 ms; %6 answers of each "
                    "kind; by itself it varies by %7 ms).")
        .arg(entry.route, milliseconds(std::abs(seen.time->shift)),
             seen.time->shift > 0 ? Text::tr("longer") : Text::tr("less"), milliseconds(seen.time->interval.low),
             milliseconds(seen.time->interval.high), QString::number(seen.timed), milliseconds(seen.time->noise));
}

QString timesWereTooFew(const EnumerationEntry &entry, const EnumerationComparison &seen)
{
    return Text::tr("How long %1 takes could not be compared: it needs %2 answers of each kind, and there were %3. %4")
        .arg(entry.route, QString::number(kFewestTimes), QString::number(seen.timed), entry.stopped)
        .trimmed();
}

QString timesDidNotTell(const EnumerationEntry &entry, const EnumerationComparison &seen)
{
    const QString saw =
        Text::tr("How long %1 takes varies too much to tell: with %2 answers of each kind the difference is between %3 "
                 "and %4 ms, and by itself it varies by %5 ms.")
            .arg(entry.route, QString::number(seen.timed), milliseconds(seen.time->interval.low),
                 milliseconds(seen.time->interval.high), milliseconds(seen.time->noise));
    if (seen.timed >= kTimedPairs)
        return saw;
    const QString wanted =
        Text::tr("%1 of each kind are wanted, which takes a throw-away test account or several others.")
            .arg(kTimedPairs);
    return QStringList{saw, wanted, entry.stopped}.join(u' ').trimmed();
}

} // namespace cockpit
