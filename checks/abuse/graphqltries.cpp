#include "checks/abuse/graphqltries.h"

#include "checks/actors/routeaddress.h"
#include "checks/web/graphqlplaces.h"
#include "models/access/graphqlquestion.h"
#include "models/access/graphqltokens.h"
#include "models/access/signinfields.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using graphql::quotedText;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(GraphQlTries)
};

// Of "email: $email, password: $password"; of "input: {email: …}" and of "input: $input" those inside, and which
// argument holds them.
QStringList argumentNames(const QString &arguments, const QJsonObject &variables, QString &input)
{
    static const QRegularExpression object(u"^\\s*(\\w+)\\s*:\\s*\\{(.*)\\}\\s*$"_s,
                                           QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression variable(u"^\\s*(\\w+)\\s*:\\s*\\$(\\w+)\\s*$"_s);
    static const QRegularExpression argument(u"(\\w+)\\s*:"_s);
    const auto inside = object.match(arguments);
    if (const auto one = variable.match(arguments); one.hasMatch()) {
        input = one.captured(1);
        return variables[one.captured(2)].toObject().keys();
    }
    input = inside.captured(1);
    QStringList names;
    for (auto it = argument.globalMatch(inside.hasMatch() ? inside.captured(2) : arguments); it.hasNext();)
        names.append(it.next().captured(1));
    return names;
}

int valuesIn(const QJsonObject &answer)
{
    const QJsonObject data = answer["data"_L1].toObject();
    return static_cast<int>(std::count_if(data.begin(), data.end(), [](const QJsonValue &v) { return !v.isNull(); }));
}

QJsonObject question(const QStringList &calls)
{
    return {{u"query"_s, u"mutation { "_s + calls.join(u' ') + u" }"_s}};
}

ActiveRequest requestOf(const GraphQlEntry &entry, const QJsonDocument &body)
{
    ActiveRequest request{.method = "POST", .url = entry.url};
    request.headers = {{"Content-Type", "application/json"}};
    request.body = body.toJson(QJsonDocument::Compact);
    return request;
}

GraphQlTries triesBy(const QString &way, const GraphQlEntry &entry, const QString &user, Wire &wire)
{
    GraphQlTries result{.way = way, .route = routeName(entry.route)};
    QStringList calls;
    QJsonArray list;
    for (int i = 0; i < kGraphQlTries; ++i) {
        calls.append(entry.login.call(i, user));
        list.append(question({entry.login.call(0, user)}));
    }
    const QJsonDocument body = way == "batch"_L1 ? QJsonDocument(list) : QJsonDocument(question(calls));
    ActiveRequest request = requestOf(entry, body);
    const auto answer = wire.send(request);
    if (!answer) {
        result.notTested = answer.error().message;
        return result;
    }
    result.asked = kGraphQlTries;
    result.heard = heardIn(answer->body);
    result.exchange = AbuseTry{std::move(request), *answer};
    return result;
}

} // namespace

QString GraphQlLogin::call(int number, const QString &user) const
{
    const QString values = u"%1: %2, %3: %4"_s.arg(userArgument, quotedText(user), passwordArgument,
                                                   quotedText(u"Lc-wrong-password-%1"_s.arg(number)));
    const QString arguments = input.isEmpty() ? values : u"%1: {%2}"_s.arg(input, values);
    return u"a%1: %2(%3) %4"_s.arg(QString::number(number), field, arguments, selection).trimmed();
}

std::optional<GraphQlLogin> graphQlLoginIn(const QByteArray &body)
{
    static const QRegularExpression mutation(
        u"mutation[^{]*\\{\\s*(?:\\w+\\s*:\\s*)?(\\w+)\\s*\\(([^)]*)\\)\\s*(\\{[^{}]*\\})?"_s);
    static const QRegularExpression login(u"log_?in|sign_?in|authenticate|token_?auth|create_?session"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const QJsonObject asked = QJsonDocument::fromJson(body).object();
    const auto found = mutation.match(asked["query"_L1].toString().left(4000));
    if (!found.hasMatch() || !login.match(found.captured(1)).hasMatch())
        return std::nullopt;
    GraphQlLogin result{.field = found.captured(1), .selection = found.captured(3)};
    for (const QString &name : argumentNames(found.captured(2), asked["variables"_L1].toObject(), result.input)) {
        const FieldRole role = fieldRoleOf(name, {});
        if (role == FieldRole::User)
            result.userArgument = name;
        else if (role == FieldRole::Password)
            result.passwordArgument = name;
    }
    const bool isWhole = !result.userArgument.isEmpty() && !result.passwordArgument.isEmpty();
    return isWhole ? std::optional(result) : std::nullopt;
}

int heardIn(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (document.isObject())
        return valuesIn(document.object());
    int heard = 0;
    const QJsonArray answers = document.array();
    for (const auto &one : answers)
        heard += valuesIn(one.toObject());
    return heard;
}

std::vector<GraphQlEntry> graphQlEntriesOf(const Target &target, const ProjectFacts &facts)
{
    std::vector<GraphQlEntry> entries;
    const auto add = [&entries](GraphQlEntry entry) {
        if (entries.size() < kMostGraphQlLogins &&
            std::ranges::find(entries, entry.url, &GraphQlEntry::url) == entries.end())
            entries.push_back(std::move(entry));
    };
    for (const Route &route : facts.routes) {
        if (route.method != "POST"_L1)
            continue;
        const auto address = addressOf(target, route);
        for (const RouteSample *sample : samplesAt(route.method, route.path, route.host, facts.samples)) {
            if (const auto login = graphQlLoginIn(sample->body); login && address)
                add({route, *address, *login});
        }
    }
    const std::size_t known = entries.size();
    for (const Route &route : facts.routes) {
        const bool mayBe = known > 0 && route.method == "POST"_L1 && isGraphQlPath(route.path.section(u'#', 0, 0)) &&
                           samplesAt(route.method, route.path, route.host, facts.samples).empty();
        const auto address = addressOf(target, route);
        if (mayBe && address)
            add({route, *address, entries.front().login, true});
    }
    return entries;
}

std::vector<GraphQlTries> graphQlTriesOf(const GraphQlEntry &entry, const QString &user, Wire &wire)
{
    const auto alone = wire.send(requestOf(entry, QJsonDocument(question({entry.login.call(0, user)}))));
    if (!alone || heardIn(alone->body) != 1) {
        if (entry.isGuess && alone)
            return {};
        const QString why = alone ? Text::tr("%1 does not answer one wrong password by itself (status %2).")
                                        .arg(routeName(entry.route), QString::number(alone->status))
                                  : alone.error().message;
        return {{.way = u"aliases"_s, .route = routeName(entry.route), .notTested = why}};
    }
    return {triesBy(u"aliases"_s, entry, user, wire), triesBy(u"batch"_s, entry, user, wire)};
}

} // namespace cockpit
