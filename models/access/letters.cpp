#include "models/access/letters.h"

#include "models/routes/entrykind.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Letters)
};

constexpr qsizetype kLongestBody = 20'000;
constexpr qsizetype kMostInOne = 10;      // addresses of one request
constexpr qsizetype kMostAddresses = 500; // of all
constexpr qsizetype kMostNamed = 10;

// "inviteMember" as a path would have it: "invite-member".
QString asPath(QString field)
{
    static const QRegularExpression capital(u"(?<=[a-z0-9])([A-Z])"_s);
    return u'/' + field.replace(capital, u"-\\1"_s).toLower();
}

// Of GraphQL the first mutation that the question has.
std::optional<EntryKind> kindOfMutation(const QString &path, const QByteArray &body)
{
    static const QRegularExpression place(u"/(?:graphql|gql)(?:/|$)"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression mutation(u"\\bmutation\\b[^{]{0,2000}\\{\\s*(?:\\w+\\s*:\\s*)?(\\w+)"_s);
    const auto field =
        place.match(path).hasMatch() ? mutation.match(QString::fromUtf8(body)) : QRegularExpressionMatch();
    return field.hasMatch() ? entryKindOf(Route{.method = u"POST"_s, .path = asPath(field.captured(1))}) : std::nullopt;
}

void addAddresses(QStringList &addresses, const QString &text)
{
    static const QRegularExpression mail(u"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})+"_s);
    for (auto it = mail.globalMatch(text); it.hasNext() && addresses.size() < kMostInOne;) {
        const QString address = it.next().captured().toLower();
        if (!addresses.contains(address))
            addresses.append(address);
    }
}

// Of a form or a query: "+" is a blank, what is a plus stands as %2B.
QString decoded(const QByteArray &text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(QByteArray(text).replace('+', ' ')));
}

bool isForm(const QByteArray &body)
{
    return !body.trimmed().startsWith('{') && !body.trimmed().startsWith('[');
}

} // namespace

std::vector<Route> letterRoutesAmong(const std::vector<Route> &routes)
{
    std::vector<Route> found;
    for (const Route &route : routes) {
        const auto kind = entryKindOf(route);
        const bool isAsked = kind == EntryKind::Forgot || kind == EntryKind::MagicLink || route.safeToWrite;
        if (kind && sendsLetters(*kind) && isAsked)
            found.push_back(route);
    }
    return found;
}

QString letterNote(const QString &method, const QUrl &url, const QByteArray &body)
{
    if (method != "POST"_L1)
        return {};
    const QByteArray read = body.left(kLongestBody);
    auto kind = entryKindOf(Route{.method = method, .path = url.path()});
    if (!kind)
        kind = kindOfMutation(url.path(), read);
    if (!kind || !sendsLetters(*kind))
        return {};
    QStringList addresses;
    addAddresses(addresses, isForm(read) ? decoded(read) : QString::fromUtf8(read));
    addAddresses(addresses, decoded(url.query(QUrl::FullyEncoded).toLatin1()));
    const QString what = kind == EntryKind::Invite ? u"invitation"_s : u"letter"_s;
    return addresses.isEmpty() ? what : what + u" to "_s + addresses.join(u' ');
}

void LetterTally::add(const LoggedRequest &request)
{
    static const QRegularExpression note(u"(?:^|, )(letter|invitation)(?: to ([^,]+))?(?:,|$)"_s);
    const auto told = request.status < 400 ? note.match(request.note) : QRegularExpressionMatch();
    if (!told.hasMatch())
        return;
    const QStringList to = told.captured(2).split(u' ', Qt::SkipEmptyParts);
    int &count = told.captured(1) == "invitation"_L1 ? invitations : letters;
    count += std::max(1, static_cast<int>(to.size()));
    for (const QString &address : to) {
        if (!addresses.contains(address) && addresses.size() < kMostAddresses)
            addresses.append(address);
    }
}

QString LetterTally::sentence() const
{
    if (isEmpty())
        return {};
    QStringList named = addresses.first(std::min(addresses.size(), kMostNamed));
    if (const auto more = static_cast<int>(addresses.size() - named.size()); more > 0)
        named.append(Text::tr("%n more", "addresses of mail", more));
    QStringList parts;
    if (invitations > 0)
        parts.append(Text::tr("%n invitation(s)", nullptr, invitations));
    if (letters > 0)
        parts.append(Text::tr("%n letter(s)", nullptr, letters));
    const QString what = parts.join(Text::tr(" and ", "between two numbers of things"));
    return named.isEmpty()
               ? Text::tr("The tests made your product send up to %1.").arg(what)
               : Text::tr("The tests made your product send up to %1, to: %2.").arg(what, named.join(u", "_s));
}

QJsonObject LetterTally::toJson() const
{
    return {{u"invitations"_s, invitations},
            {u"others"_s, letters},
            {u"addresses"_s, QJsonArray::fromStringList(addresses)}};
}

} // namespace cockpit
