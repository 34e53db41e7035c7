#include "models/redirectmap.h"

#include "models/redactor.h"
#include "models/target.h"
#include "models/wordtable.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RedirectMap)
};

constexpr qsizetype kLongestAddress = 2048;

constexpr std::array kStates{
    WordRow<RedirectState>{RedirectState::Right, "right", QT_TRANSLATE_NOOP("RedirectMap", "Leads where it should")},
    WordRow<RedirectState>{RedirectState::Broken, "broken", QT_TRANSLATE_NOOP("RedirectMap", "Leads to an error")},
    WordRow<RedirectState>{RedirectState::Loop, "loop", QT_TRANSLATE_NOOP("RedirectMap", "Goes in circles")},
    WordRow<RedirectState>{RedirectState::WrongPage, "wrong_page",
                           QT_TRANSLATE_NOOP("RedirectMap", "Leads somewhere else")},
    WordRow<RedirectState>{RedirectState::FrontPage, "front_page",
                           QT_TRANSLATE_NOOP("RedirectMap", "Ends at the front page")},
    WordRow<RedirectState>{RedirectState::QueryLost, "query_lost",
                           QT_TRANSLATE_NOOP("RedirectMap", "Loses what follows the ?")},
    WordRow<RedirectState>{RedirectState::NotMoved, "not_moved",
                           QT_TRANSLATE_NOOP("RedirectMap", "Shows a page of its own")},
    WordRow<RedirectState>{RedirectState::Insecure, "insecure",
                           QT_TRANSLATE_NOOP("RedirectMap", "Ends without encryption")},
    WordRow<RedirectState>{RedirectState::ByPage, "by_page", QT_TRANSLATE_NOOP("RedirectMap", "Moved by a page")},
    WordRow<RedirectState>{RedirectState::Temporary, "temporary",
                           QT_TRANSLATE_NOOP("RedirectMap", "Moved for a time only")},
    WordRow<RedirectState>{RedirectState::ManyHops, "many_hops", QT_TRANSLATE_NOOP("RedirectMap", "Too many steps")},
    WordRow<RedirectState>{RedirectState::Silent, "silent", QT_TRANSLATE_NOOP("RedirectMap", "Could not be looked at")},
};

tl::unexpected<Error> refuse(const QString &why)
{
    return failure(ErrorKind::BadInput, why);
}

bool isPath(const QString &address)
{
    return address.startsWith(u'/') && !address.startsWith("//"_L1);
}

Result<void> refuseUnreadable(const QString &typed)
{
    if (typed.isEmpty())
        return refuse(
            Text::tr("There is no old address. Write one such as /old-page or https://example.com/old-page."));
    if (typed.size() > kLongestAddress)
        return refuse(Text::tr("The address is longer than %1 characters.").arg(kLongestAddress));
    for (const QChar c : typed) {
        if (c.isSpace())
            return refuse(Text::tr("An address has no blanks in it. Write %20 for a blank."));
        if (c == u'\\' || (!c.isPrint() && !c.isSurrogate()))
            return refuse(Text::tr("The address holds characters that no address has."));
    }
    return {};
}

Result<QString> checkedHost(const QUrl &url)
{
    if (!url.userInfo(QUrl::FullyEncoded).isEmpty())
        return refuse(Text::tr("The address holds a user name before the @. Leave it out."));
    // QUrl gives an IPv6 address without its brackets.
    const QString host = url.host(QUrl::FullyEncoded);
    return normaliseHostName(host.contains(u':') ? u'[' + host + u']' : host);
}

Result<QString> checkedPath(const QString &typed)
{
    const QUrl url(u"https://site.example"_s + typed, QUrl::TolerantMode);
    if (!url.isValid())
        return refuse(Text::tr("“%1” is not an address.").arg(plainText(typed, 80)));
    return url.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment | QUrl::FullyEncoded);
}

Result<QString> checkedUrl(const QString &typed)
{
    const bool hasScheme = typed.contains("://"_L1);
    if (!hasScheme && !typed.section(u'/', 0, 0).contains(u'.'))
        return refuse(Text::tr("“%1” is not an address. Begin with / or with https://.").arg(plainText(typed, 80)));
    QUrl url(hasScheme ? typed : u"https://"_s + typed, QUrl::TolerantMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "http"_L1 && url.scheme() != "https"_L1))
        return refuse(Text::tr("“%1” is not a web address. Begin with / or with https://.").arg(plainText(typed, 80)));
    const Result<QString> host = checkedHost(url);
    if (!host)
        return tl::unexpected(host.error());
    url.setHost(*host);
    if (url.path().isEmpty())
        url.setPath(u"/"_s);
    return url.toString(QUrl::RemoveFragment | QUrl::FullyEncoded);
}

Result<QString> checkedAddress(const QString &address)
{
    QString typed = address.trimmed();
    if (typed.startsWith(u'\'')) // what spreadsheets put before a text that could be a formula
        typed.remove(0, 1);
    if (const auto readable = refuseUnreadable(typed); !readable)
        return tl::unexpected(readable.error());
    Result<QString> checked = isPath(typed) ? checkedPath(typed) : checkedUrl(typed);
    // A project file can be mailed, so that no key may stand in it; masked, the address could not be asked for.
    if (checked && redact(*checked) != *checked)
        return refuse(Text::tr("The address holds what looks like a key or a token. Leave it out."));
    return checked;
}

} // namespace

COCKPIT_WORDS(RedirectState, kStates, redirectStateFromWord)

QString labelOf(RedirectState value)
{
    return Text::tr(rowOf(kStates, value).label);
}

Result<RedirectEntry> checkedRedirect(const RedirectEntry &entry)
{
    const Result<QString> from = checkedAddress(entry.from);
    if (!from)
        return tl::unexpected(from.error());
    if (entry.to.trimmed().isEmpty())
        return RedirectEntry{*from, {}};
    const Result<QString> to = checkedAddress(entry.to);
    if (!to)
        return tl::unexpected(to.error());
    if (*from == *to)
        return refuse(Text::tr("The old address and the wanted one are the same."));
    return RedirectEntry{*from, *to};
}

QUrl redirectUrl(const QString &address, const Target &target)
{
    if (!isPath(address))
        return QUrl(address);
    const auto site = std::ranges::find(target.hosts, HostRole::Site, &Host::role);
    const Host &host = site == target.hosts.end() ? target.hosts.front() : *site;
    QUrl base;
    base.setScheme(u"https"_s);
    base.setHost(host.name);
    if (host.httpsPort != kHttpsPort)
        base.setPort(host.httpsPort);
    return base.resolved(QUrl(address));
}

std::vector<RedirectEntry> mergedRedirects(std::vector<RedirectEntry> known, const std::vector<RedirectEntry> &added)
{
    for (const RedirectEntry &entry : added) {
        const auto old = std::ranges::find(known, entry.from, &RedirectEntry::from);
        if (old != known.end())
            old->to = entry.to.isEmpty() ? old->to : entry.to;
        else if (known.size() < kMostRedirects)
            known.push_back(entry);
    }
    return known;
}

} // namespace cockpit
