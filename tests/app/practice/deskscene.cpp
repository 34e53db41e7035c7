#include "tests/app/practice/deskprobes.h"

namespace cockpit::lab {

using namespace Qt::StringLiterals;

QByteArray DeskScene::visit()
{
    return visitor.get("/login").header("Set-Cookie").split(';').constFirst();
}

QByteArray DeskScene::csrf(const QByteArray &cookie, const QByteArray &page)
{
    const QByteArray body = get(page, cookie).body;
    const QByteArray mark = "name=\"csrf_token\" value=\"";
    const qsizetype at = body.indexOf(mark);
    return at < 0 ? QByteArray() : body.mid(at + mark.size(), body.indexOf('"', at + mark.size()) - at - mark.size());
}

QByteArray DeskScene::signIn(const PracticeAccount &account, QByteArray cookie)
{
    if (cookie.isEmpty())
        cookie = visit();
    const Heard in =
        post("/login", {{"email", account.email.toUtf8()}, {"password", account.password}}, cookie, "/login");
    const QByteArray fresh = in.header("Set-Cookie").split(';').constFirst();
    return fresh.isEmpty() ? cookie : fresh;
}

Heard DeskScene::get(const QByteArray &target, const QByteArray &cookie, Fields fields)
{
    if (!cookie.isEmpty())
        fields.emplace_back("Cookie", cookie);
    return visitor.ask("GET", target, {}, {}, std::move(fields));
}

Heard DeskScene::post(const QByteArray &target, std::vector<std::pair<QByteArray, QByteArray>> values,
                      const QByteArray &cookie, const QByteArray &page, const Fields &fields)
{
    values.emplace_back("csrf_token", csrf(cookie, page));
    return visitor.form(target, values, cookie, fields);
}

Heard DeskScene::tryPassword(const QString &email, const QByteArray &password, const Fields &fields)
{
    return post("/login", {{"email", email.toUtf8()}, {"password", password}}, visit(), "/login", fields);
}

Heard DeskScene::graphQl(const QString &query, const QByteArray &cookie)
{
    Fields fields;
    if (!cookie.isEmpty())
        fields.emplace_back("Cookie", cookie);
    return visitor.send("POST", "/graphql", {{u"query"_s, query}}, {}, fields);
}

} // namespace cockpit::lab
