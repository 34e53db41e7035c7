#include "checks/actors/markertext.h"

#include "checks/actors/canary.h"
#include "checks/actors/likeness.h"
#include "checks/actors/recordid.h"
#include "checks/web/plainname.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestMarker = 500;

// Fields whose values come from a list that all customers share, or that the product itself says.
bool isOfProduct(const QString &name)
{
    static const QRegularExpression names(
        u"^(?:\\w*status|state|type|kind|role|roles|plan\\w*|tier|currency|locale|lang|language|timezone|tz|country\\w*"
        u"|"
        u"unit|colou?r|theme|mime\\w*|contenttype|format|version|env|environment|scopes?|permissions?|category|"
        u"categories|level|priority|gender|object|typename|source|provider|event|action|method|icon|message|msg|"
        u"detail|details|hint|error|reason|code|href|rel|self|url|uri|\\w*url|\\w*link|links?|useragent|browser|os|"
        u"ip|ipaddress|lastip|remoteaddr|region|model|engine|features?|flags?|layout|template|visibility|schema|"
        u"orderby|sort|query|path|filename|extension|interval|frequency|salutation|title_prefix)$"_s);
    return names.match(plainName(name)).hasMatch();
}

// Forms that say nothing about who somebody is.
bool isOfNobody(const QString &text)
{
    static const QRegularExpression forms(
        u"^(?:https?:)?//|^[/#?]|^data:|^[a-z]+/[a-z0-9.+-]+(?:;.*)?$|" // addresses, colours, media types
        u"^[-+]?[0-9][0-9.,'  ]*(?:\\s?[A-Z]{3}|\\s?[€$£%])?$|^(?:[€$£]|[A-Z]{3} ?)[0-9.,' ]+$|" // amounts
        u"^[0-9]{1,4}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,4})?(?:[ T].*)?$|^[0-9]{1,2}:[0-9]{2}|"      // dates and times
        u"^(?:\\d{1,3}\\.){3}\\d{1,3}$|^[0-9a-f:]*::[0-9a-f:]*$|"                                // IP addresses
        u"^v?\\d+(?:\\.\\d+)+\\S*$|^Mozilla/|^(?:sha\\d+|md5)[-:]|"                              // versions, agents
        u"^(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)/|"    // time zones
        u"^[a-z]{2}[-_][A-Z]{2}$|^<[^>]+>|^P(?:T?\\d)|^[\\[{]"_s,                                // languages, markup
        QRegularExpression::NoPatternOption);
    return forms.match(text).hasMatch();
}

// "net_30", "invoices:read", "MONTHLY": words of programs.
bool isProgramWord(const QString &text)
{
    static const QRegularExpression small(u"^[a-z]+[0-9]{0,3}(?:[-_.:][a-z0-9]+)*$"_s);
    static const QRegularExpression large(u"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$"_s);
    return small.match(text).hasMatch() || large.match(text).hasMatch();
}

bool isUnguessable(const QString &text)
{
    const auto kind = idKindOf(text);
    if (!kind)
        return false;
    switch (*kind) {
    case IdKind::UuidTime:
    case IdKind::UuidTimeRandom:
    case IdKind::UuidRandom:
    case IdKind::UuidOther:
    case IdKind::ObjectId:
    case IdKind::Ulid:
    case IdKind::Prefixed:
        return true;
    case IdKind::Integer:
    case IdKind::UuidName: // the same name gives all customers the same
    case IdKind::Numbered:
    case IdKind::Encoded:
    case IdKind::Short:
    case IdKind::Token: // perhaps a hash of something that all have
    case IdKind::Slug:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace

bool isMailLike(const QString &text)
{
    static const QRegularExpression mail(u"^[^\\s@<>\"]{1,64}@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+$"_s);
    return mail.match(text).hasMatch();
}

bool isTelling(const QString &text)
{
    static const QRegularExpression telling(u"[0-9@]|\\S\\s+\\S|[a-z][A-Z]"_s);
    return telling.match(text).hasMatch() && !isProgramWord(text);
}

std::optional<MarkerKind> markerKindOf(const QString &name, const QString &text)
{
    if (isCanaryText(text))
        return MarkerKind::Canary;
    const bool isLong = text.size() < kShortestMarker || text.size() > kLongestMarker;
    if (isLong || isVolatileKey(name) || isVolatileText(text) || isOfProduct(name) || isOfNobody(text))
        return std::nullopt;
    if (idKindOf(text)) // another tenant may have an invoice of the same number
        return isUnguessable(text) ? std::optional(MarkerKind::Record) : std::nullopt;
    return isTelling(text) ? std::optional(MarkerKind::Value) : std::nullopt;
}

} // namespace cockpit
