#include "checks/access/coderoute.h"

#include "checks/actors/codeexample.h"
#include "models/access/bodyfields.h"
#include "models/access/harmless.h"
#include "models/access/signinfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 6;

bool hasWords(const QString &path, const QString &words)
{
    return QRegularExpression(words, QRegularExpression::CaseInsensitiveOption).match(path).hasMatch();
}

CodeKind kindOf(const QString &path, const QString &body)
{
    const bool namesUser = body.contains("{{user}}"_L1);
    const bool hasPassword = body.contains("{{password}}"_L1);
    if (hasPassword && hasWords(path, u"reset|forgot|recover|new-?_?password"_s))
        return CodeKind::NewPassword;
    const bool isBeside =
        hasWords(path, u"mfa|2fa|two-?_?factor|second-?_?factor|totp|authenticator|(?:^|/)factors?(?:/|$)"_s);
    if (isBeside || hasPassword)
        return CodeKind::SecondFactor;
    if (hasWords(path, u"confirm|activat|verify-?_?/?e?mail|e?mail-?_?/?verif"_s))
        return CodeKind::Confirmation;
    return namesUser ? CodeKind::SignIn : CodeKind::SecondFactor; // of whoever has begun to sign in
}

// "type": "totp" stays, whatever the answer calls a type.
bool isOfOneVisit(const QString &name, const QString &value)
{
    static const QRegularExpression names(
        u"token|challenge|session|state|ticket|nonce|flow|transaction|uuid|handle|hash|(?:^|[_-])id$|[a-z]Id$"_s);
    return value == placeholder() || names.match(name).hasMatch();
}

struct Candidate
{
    CodeRoute route;
    CodeSign sign = CodeSign::NameOfSeveralUses;
};

// Whether somebody has to be half signed in before the code is taken.
bool needsPasswordBefore(CodeKind kind, const QString &body)
{
    const bool namesUser = body.contains("{{user}}"_L1);
    switch (kind) {
    case CodeKind::SignIn:
    case CodeKind::NewPassword:
        return false;
    case CodeKind::SecondFactor:
        return !namesUser || !body.contains("{{password}}"_L1);
    case CodeKind::Confirmation:
        return !namesUser;
    }
    Q_UNREACHABLE();
}

std::optional<Candidate> candidateOf(const Route &route, const Target &target, const ProjectFacts &facts)
{
    const auto example = codeExampleOf(route, target, facts);
    if (!example)
        return std::nullopt;
    Candidate found{.route = {}, .sign = example->code.sign};
    EntryPoint &point = found.route.point;
    point.route = route;
    point.url = example->url;
    point.contentType = example->sample->contentType;
    point.body = bodyWithHoles(point.contentType, example->code.text.toUtf8(), TokenHoles::Kept);
    if (bodyKindOf(point.contentType, point.body.toUtf8()) == BodyKind::Form)
        point.formPage = formPageOf(target, route, facts.routes);
    found.route.kind = kindOf(route.path, point.body);
    const bool signsIn = found.route.kind == CodeKind::SignIn || found.route.kind == CodeKind::SecondFactor;
    point.kind = signsIn ? EntryKind::Login : EntryKind::ResetPassword; // the others write
    found.route.needsPassword = needsPasswordBefore(found.route.kind, point.body);
    return found;
}

void collectTexts(const QJsonValue &value, const QString &name, int depth, std::map<QString, Secret> &texts)
{
    if (value.isString() && !name.isEmpty())
        texts.try_emplace(name.toLower(), Secret(value.toString().toUtf8()));
    if (depth > kDeepest)
        return;
    const QJsonArray list = value.toArray();
    for (const QJsonValue item : list)
        collectTexts(item, name, depth + 1, texts);
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.value().isString())
            collectTexts(it.value(), it.key(), depth + 1, texts);
    }
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!it.value().isString())
            collectTexts(it.value(), it.key(), depth + 1, texts);
    }
}

} // namespace

QString toWord(CodeKind value)
{
    switch (value) {
    case CodeKind::SignIn:
        return u"sign_in"_s;
    case CodeKind::SecondFactor:
        return u"second_factor"_s;
    case CodeKind::NewPassword:
        return u"new_password"_s;
    case CodeKind::Confirmation:
        return u"confirmation"_s;
    }
    Q_UNREACHABLE();
}

std::optional<CodeRoute> codeRouteOf(const Target &target, const ProjectFacts &facts)
{
    std::optional<Candidate> best;
    for (const Route &route : facts.routes) {
        auto candidate = candidateOf(route, target, facts);
        if (candidate && (!best || candidate->sign < best->sign))
            best = std::move(candidate);
    }
    return best ? std::optional(std::move(best->route)) : std::nullopt;
}

VisitBody visitBodyOf(const EntryPoint &point, const std::map<QString, Secret> &handedOut)
{
    VisitBody made;
    const auto visit = [&](const QString &name, const QString &value) -> std::optional<QString> {
        if (value.contains("{{"_L1) || !isOfOneVisit(name, value))
            return std::nullopt;
        const auto known = handedOut.find(name.toLower());
        if (known == handedOut.end()) {
            if (value == placeholder() && made.missing.isEmpty())
                made.missing = name;
            return std::nullopt;
        }
        const QString hole = u"of_visit_%1"_s.arg(made.given.size());
        made.given.emplace(hole, known->second);
        return u"{{%1}}"_s.arg(hole);
    };
    const QByteArray body = point.body.toUtf8();
    made.text = replacedFields(bodyKindOf(point.contentType, body), point.contentType, body, visit);
    return made;
}

std::map<QString, Secret> textsIn(const QByteArray &json)
{
    std::map<QString, Secret> texts;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    collectTexts(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), {}, 0, texts);
    return texts;
}

} // namespace cockpit
