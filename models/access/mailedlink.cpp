#include "models/access/mailedlink.h"

#include "models/access/onetimecode.h"

#include <QCoreApplication>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MailedLink)
};

constexpr qsizetype kShortestToken = 4;

QString longestValue(const QString &query)
{
    QString longest;
    const auto items = QUrlQuery(query).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        // Who it is for is no token.
        if (value.size() > longest.size() && !value.contains(u'@') && !value.contains("://"_L1))
            longest = value;
    }
    return longest;
}

// In A-labels, as the hosts of a target are; an IPv6 address without its brackets.
QString hostIn(const QUrl &url)
{
    QString host = url.host(QUrl::FullyEncoded).toLower();
    if (host.startsWith(u'['))
        host = host.mid(1, host.size() - 2);
    return host;
}

bool isWebAddress(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

QUrl addressIn(const QString &text)
{
    return QUrl(text.trimmed(), QUrl::StrictMode);
}

Result<void> checkedMail(const QString &text)
{
    const QString mail = text.trimmed();
    const qsizetype at = mail.lastIndexOf(u'@');
    if (at > 0 && at + 1 < mail.size() && !mail.contains(u' '))
        return {};
    return failure(ErrorKind::BadInput, Text::tr("This is no address of mail, such as sam@example.com."));
}

Result<void> checkedCode(const QString &text)
{
    if (!oneTimeCodeIn(text).isEmpty())
        return {};
    return failure(ErrorKind::BadInput,
                   Text::tr("This is no one-time code. Type the code alone, such as 123456, and not the key that an "
                            "authenticator app is set up with."));
}

} // namespace

QString toWord(MailedValue value)
{
    switch (value) {
    case MailedValue::Reset:
        return u"reset_link"_s;
    case MailedValue::SecondReset:
        return u"reset_link_2"_s;
    case MailedValue::OldReset:
        return u"old_reset_link"_s;
    case MailedValue::Invite:
        return u"invite_link"_s;
    case MailedValue::SecondInvite:
        return u"invite_link_2"_s;
    case MailedValue::OldInvite:
        return u"old_invite_link"_s;
    case MailedValue::InvitedMail:
        return u"invite_mail"_s;
    case MailedValue::Code:
        return u"one_time_code"_s;
    }
    Q_UNREACHABLE();
}

QString labelOf(MailedValue value)
{
    switch (value) {
    case MailedValue::Reset:
        return Text::tr("Link of the first letter for a new password");
    case MailedValue::SecondReset:
        return Text::tr("Link of the second letter for a new password");
    case MailedValue::OldReset:
        return Text::tr("Link for a new password, a day old or older and never opened");
    case MailedValue::Invite:
        return Text::tr("Link of the invitation");
    case MailedValue::SecondInvite:
        return Text::tr("Link of a second invitation, if there is one");
    case MailedValue::OldInvite:
        return Text::tr("Link of an invitation, a month old or older and never opened");
    case MailedValue::InvitedMail:
        return Text::tr("Address that was invited, if the check did not invite it itself");
    case MailedValue::Code:
        return Text::tr("One-time code that was not used yet");
    }
    Q_UNREACHABLE();
}

MailedTopic topicOf(MailedValue value)
{
    switch (value) {
    case MailedValue::Reset:
    case MailedValue::SecondReset:
    case MailedValue::OldReset:
        return MailedTopic::NewPassword;
    case MailedValue::Invite:
    case MailedValue::SecondInvite:
    case MailedValue::OldInvite:
    case MailedValue::InvitedMail:
        return MailedTopic::Invitation;
    case MailedValue::Code:
        return MailedTopic::OneTimeCode;
    }
    Q_UNREACHABLE();
}

std::optional<MailedLink> mailedLinkIn(const QString &text)
{
    const QUrl url = addressIn(text);
    if (!isWebAddress(url))
        return std::nullopt;
    QString token = longestValue(url.query(QUrl::FullyEncoded));
    const QString fragment = url.fragment(QUrl::FullyEncoded);
    if (token.isEmpty())
        token = longestValue(fragment.section(u'?', 1).isEmpty() ? fragment : fragment.section(u'?', 1));
    if (token.isEmpty())
        token = url.path(QUrl::FullyDecoded).section(u'/', -1, -1, QString::SectionSkipEmpty);
    if (token.size() < kShortestToken)
        return std::nullopt;
    return MailedLink{url, token};
}

bool isOfTarget(const MailedLink &link, const Target &target)
{
    const QString host = hostIn(link.url);
    return std::ranges::any_of(target.hosts, [&](const Host &one) { return one.name == host; });
}

QString poisonHost()
{
    return u"launch-cockpit-check.example.com"_s;
}

Result<void> checkedMailed(MailedValue value, const QString &text, const Target &target)
{
    if (value == MailedValue::InvitedMail)
        return checkedMail(text);
    if (value == MailedValue::Code)
        return checkedCode(text);
    if (!isWebAddress(addressIn(text)))
        return failure(
            ErrorKind::BadInput,
            Text::tr("This is no web address. In the letter, right-click the button or link, choose \u201cCopy "
                     "link\u201d and paste that here."));
    const auto link = mailedLinkIn(text);
    if (!link)
        return failure(ErrorKind::BadInput,
                       Text::tr("This address has no token in it: it is not the link that the letter is about. Copy "
                                "the one that sets the password or accepts the invitation."));
    const QString host = hostIn(link->url);
    if (isOfTarget(*link, target) || host == poisonHost())
        return {};
    return failure(ErrorKind::BadInput,
                   Text::tr("This link leads to %1, which is no host of this project, so that it would not be tried. "
                            "If it is yours, add it to the project's hosts. If a mailing service counts clicks, copy "
                            "the link from the plain text of the letter.")
                       .arg(host));
}

bool canTryMailedLinks(const TestActor &actor)
{
    const bool typesPassword = actor.signIn.kind == SignInKind::Form || actor.signIn.kind == SignInKind::Json;
    return actor.isThrowAway && typesPassword && actor.userName.contains(u'@');
}

const TestActor *mailboxActorIn(const std::vector<TestActor> &actors)
{
    const auto first = std::ranges::find_if(actors, canTryMailedLinks);
    return first == actors.end() ? nullptr : &*first;
}

HoleValues mailedValuesOf(const HoleValues &values)
{
    HoleValues mailed;
    for (const MailedValue value : kMailedValues) {
        const auto known = values.find(toWord(value));
        if (known != values.end() && !known->second.isEmpty())
            mailed.insert(*known);
    }
    return mailed;
}

Secret withMailedValues(const Secret &entry, const HoleValues &mailed)
{
    HoleValues values = holeValuesOf(entry);
    for (const auto &[name, value] : mailed) {
        if (value.isEmpty())
            values.erase(name);
        else
            values.insert_or_assign(name, value);
    }
    return keychainValueOf(values);
}

} // namespace cockpit
