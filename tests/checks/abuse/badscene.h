// The practice company's products for checks that send bad input: which of their routes may be written, and who writes.
#pragma once

#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

#include <QRegularExpression>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

// Two collections, the settings and the own account: each kind of place is there, and the test stays short.
inline bool isInputRoute(const ShopRouteLine &line)
{
    static const QRegularExpression records(
        u"^/api/(?:(?:customers|projects)(?:/\\{id\\})?|customers/lookup|settings|me)$"_s);
    return records.match(QString::fromLatin1(line.path)).hasMatch();
}

// One collection: where one fault is looked for, the rest takes time alone.
inline bool isFewInputRoutes(const ShopRouteLine &line)
{
    return line.path.startsWith("/api/projects") && isInputRoute(line);
}

template<typename Lab>
struct BadShopOf
{
    explicit BadShopOf(Lab &given, const std::function<bool(const ShopRouteLine &)> &safe = isInputRoute,
                       bool withSchema = true)
        : lab(given), host(QString::fromLatin1(lab.shop().apiHost()))
    {
        facts = factsOf(lab, safe);
        facts.actors =
            actorsOf(lab.shop(), jsonSignIn(lab.url("/api/login")), lab.url("/api/me").toString(), u"/email"_s);
        for (RouteSample &sample : facts.samples) {
            if (withSchema)
                sample.schemaJson = QString::fromUtf8(
                    QJsonDocument(lab.shop().schemaOf(sample.method.toLatin1(), sample.path.toLatin1())).toJson());
        }
    }
    AttackRun newRun(int requests = 600)
    {
        return AttackRun(lab.netOptions(), {host}, secretsOf(lab.shop()), requests);
    }
    Judged judged(AttackRun &run, const Check &check) { return run.run(check, targetOf({host}), facts); }

    Lab &lab;
    QString host;
    ProjectFacts facts;
};
using BadShop = BadShopOf<ShopLab>;

inline SignIn formSignIn(const QUrl &url)
{
    SignIn signIn;
    signIn.kind = SignInKind::Form;
    signIn.url = url.toString();
    signIn.contentType = "application/x-www-form-urlencoded";
    signIn.bodyTemplate = u"email={{user}}&password={{password}}&csrf_token={{csrf}}"_s;
    return signIn;
}

struct BadDesk
{
    explicit BadDesk(DeskLab &given) : lab(given), host(QString::fromLatin1(lab.desk().host()))
    {
        static const QStringList safe{u"POST /invoices"_s, u"POST /invoices/{id}"_s, u"DELETE /invoices/{id}"_s,
                                      u"POST /account"_s};
        for (const DeskRouteLine &line : lab.desk().routes()) {
            Route route;
            route.method = QString::fromLatin1(line.method);
            route.path = QString::fromLatin1(line.path);
            route.host = host;
            route.safeToWrite = safe.contains(route.method + u' ' + route.path);
            facts.routes.push_back(route);
        }
        const QByteArray form = "application/x-www-form-urlencoded";
        facts.samples = {{u"POST"_s, u"/invoices"_s, host, form, "memo=Bread+and+rolls&amount_cents=1250", {}},
                         {u"POST"_s, u"/invoices/{id}"_s, host, form, "memo=Bread+and+rolls", {}},
                         {u"POST"_s, u"/account"_s, host, form, "name=Alex+Moreau", {}}};
        facts.actors = actorsOf(lab.desk(), formSignIn(lab.url("/login")), lab.url("/account").toString(), {});
    }
    AttackRun newRun(int requests = 600)
    {
        return AttackRun(lab.netOptions(), {host}, secretsOf(lab.desk()), requests);
    }
    Judged judged(AttackRun &run, const Check &check) { return run.run(check, targetOf({host}), facts); }

    DeskLab &lab;
    QString host;
    ProjectFacts facts;
};

inline QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    codes.sort();
    return codes;
}

// Everything about a judgement, for a test that failed.
inline QString told(const Judged &judged)
{
    QString text = test::said(judged) + u" | "_s + judged.reason + u" | "_s +
                   QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(6000);
    for (const Finding &finding : judged.findings)
        text += u"\n  "_s + finding.code + u": "_s + finding.whatWeSaw;
    return text;
}

// Nothing that was made is left: as many records removed as made.
inline int recordsLeft(RequestJournal &journal)
{
    int left = 0;
    for (const JournalLine &line : journal.lines()) {
        const bool isRecord = line.method == "POST" && line.status == 201;
        left += isRecord ? 1 : 0;
        left -= line.method == "DELETE" && line.status == 204 ? 1 : 0;
    }
    return left;
}

} // namespace cockpit::lab
