#include "checks/net/extendederror.h"

#include "checks/net/dnsreport.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExtendedError)
};

constexpr qsizetype kLongestWords = 200;

// RFC 8914 section 4, and the numbers that were registered after it.
QString meaningOf(int code)
{
    switch (code) {
    case 1:
    case 2:
        return Text::tr("The server cannot check the kind of signature that the domain uses (extended error %1).");
    case 3:
    case 19:
        return Text::tr("The server gives an old answer, because it gets no new one (extended error %1).");
    case 4:
    case 15:
    case 16:
    case 17:
    case 18:
        return Text::tr(
            "The server blocks or rewrites this name by a rule of its own: that is about the network you are "
            "in, not about the domain (extended error %1).");
    case 5:
    case 6:
        return Text::tr("The server says that the signatures of the domain (DNSSEC) do not hold (extended error %1).");
    case 7:
        return Text::tr("The server says that a signature of the domain has expired (extended error %1).");
    case 8:
    case 25:
        return Text::tr("The server says that a signature of the domain has wrong dates (extended error %1).");
    case 9:
    case 11:
        return Text::tr("The server says that the registry vouches for a key that the domain does not publish "
                        "(extended error %1).");
    case 10:
        return Text::tr("The server says that signatures of the domain are missing (extended error %1).");
    case 12:
        return Text::tr("The server says that the proof is missing that a name does not exist (extended error %1).");
    case 13:
        return Text::tr("The server repeats an earlier failure from memory (extended error %1).");
    case 14:
        return Text::tr("The server is only just starting (extended error %1).");
    case 20:
        return Text::tr("The server says that it is not responsible for the domain (extended error %1).");
    case 22:
        return Text::tr("The server could reach none of the domain's name servers (extended error %1).");
    case 23:
        return Text::tr("The server had trouble with its network on the way to the domain's name servers "
                        "(extended error %1).");
    case 24:
        return Text::tr("The server cannot read the data that it has for the domain (extended error %1).");
    case 27:
        return Text::tr("The server refuses the domain's proofs because they cost too much work, its NSEC3 iterations "
                        "(extended error %1).");
    default: // any number up to 65535; the rest of the registry tells people nothing
        return Text::tr("The server gives a reason that this program does not know (extended error %1).");
    }
}

} // namespace

QString sentenceOf(const ExtendedDnsError &error)
{
    QString meaning = meaningOf(error.code).arg(error.code);
    if (error.text.isEmpty())
        return meaning;
    return meaning + u' ' + Text::tr("Its words: \"%1\".").arg(shownText(error.text, kLongestWords));
}

bool blamesSignatures(const ExtendedDnsError &error)
{
    constexpr int bogus = 6;
    constexpr int nsecMissing = 12;
    constexpr int expiredBeforeValid = 25;
    return (error.code >= bogus && error.code <= nsecMissing) || error.code == expiredBeforeValid;
}

} // namespace cockpit
