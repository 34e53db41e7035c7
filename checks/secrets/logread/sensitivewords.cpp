// What is said of what must not stand in a log: its kind, and what may be shown of it.
#include "checks/secrets/logread/sensitive.h"
#include "checks/secrets/textscanner.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

QString shownSensitive(const SensitiveFound &found, std::string_view text)
{
    const std::string_view value = text.substr(found.at.start, found.at.end - found.at.start);
    const QString name = QString::fromLatin1(found.name.data(), static_cast<qsizetype>(found.name.size()));
    const QString dots = u"••••"_s;
    const auto named = [&name](const QString &shown) { return name.isEmpty() ? shown : name + u'=' + shown; };
    switch (found.kind) {
    case SensitiveKind::Token:
    case SensitiveKind::Cookie:
    case SensitiveKind::LinkToken:
        return named(maskedSecret(value));
    case SensitiveKind::Card:
    case SensitiveKind::TestCard: {
        const std::string_view end = value.substr(value.size() - std::min<size_t>(value.size(), 4));
        return dots + u' ' + QString::fromLatin1(end.data(), static_cast<qsizetype>(end.size()));
    }
    case SensitiveKind::Mail:
        return QString(QChar::fromLatin1(value.empty() ? '?' : value.front())) + dots + u'@' + dots;
    case SensitiveKind::Phone:
    case SensitiveKind::Password:
    case SensitiveKind::OneTimeCode:
    case SensitiveKind::Login:
    case SensitiveKind::CardCode:
    case SensitiveKind::Identity:
    case SensitiveKind::Address:
    case SensitiveKind::Prompt:
    case SensitiveKind::Body:
        return named(dots);
    }
    Q_UNREACHABLE();
}

QString toWord(SensitiveKind kind)
{
    switch (kind) {
    case SensitiveKind::Password:
        return u"password"_s;
    case SensitiveKind::OneTimeCode:
        return u"one_time_code"_s;
    case SensitiveKind::Token:
        return u"token"_s;
    case SensitiveKind::Login:
        return u"login"_s;
    case SensitiveKind::Cookie:
        return u"session_cookie"_s;
    case SensitiveKind::LinkToken:
        return u"link_token"_s;
    case SensitiveKind::Card:
        return u"card"_s;
    case SensitiveKind::TestCard:
        return u"test_card"_s;
    case SensitiveKind::CardCode:
        return u"card_code"_s;
    case SensitiveKind::Identity:
        return u"identity"_s;
    case SensitiveKind::Mail:
        return u"email"_s;
    case SensitiveKind::Phone:
        return u"phone"_s;
    case SensitiveKind::Address:
        return u"ip_address"_s;
    case SensitiveKind::Prompt:
        return u"prompt"_s;
    case SensitiveKind::Body:
        return u"request_body"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
