#include "checks/access/backendwords.h"

#include "checks/access/backendcalls.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendWords)
};

} // namespace

bool isPrivateName(const QString &name)
{
    static const QRegularExpression words(
        u"(?:^|_)(?:users?|profiles?|members?|customers?|clients?|patients?|people|persons?|accounts?|contacts?|"
        u"employees?|leads?|orders?|invoices?|payments?|subscriptions?|messages?|chats?|conversations?|emails?|"
        u"documents?|contracts?|tokens?|secrets?|sessions?|bookings?|addresses)(?:$|_)"_s,
        QRegularExpression::CaseInsensitiveOption);
    QString plain = name;
    static const QRegularExpression capital(u"(?<=[a-z0-9])([A-Z])"_s);
    plain.replace(capital, u"_\\1"_s);
    for (const QChar separator : {u'-', u'/', u':', u'.'})
        plain.replace(separator, u'_');
    return words.match(plain).hasMatch();
}

QString unclaimedWords(BackendKind kind)
{
    switch (kind) {
    case BackendKind::Hasura:
        return Text::tr("Hasura says that it has no admin secret: whoever calls it may read and change everything.");
    case BackendKind::Strapi:
        return Text::tr("Strapi says that it has no administrator yet: whoever opens /admin first becomes it.");
    case BackendKind::N8n:
        return Text::tr("n8n says that it has no owner yet: whoever opens it first becomes its owner, with all "
                        "credentials of your workflows.");
    case BackendKind::Supabase:
    case BackendKind::Firebase:
    case BackendKind::PocketBase:
    case BackendKind::Convex:
    case BackendKind::Appwrite:
    case BackendKind::Directus:
    case BackendKind::Retool:
        break;
    }
    return Text::tr("It has no administrator yet: whoever comes first becomes it.");
}

QStringList describeUntold(int parts, int questions)
{
    QStringList sentences;
    if (parts > 0)
        sentences << Text::tr("%n part(s) of your backend service gave an answer that does not tell.", nullptr, parts);
    if (questions > 0)
        sentences << Text::tr(
            "%n question(s) about the setup of your backend service got an answer that does not tell.", nullptr,
            questions);
    return sentences;
}

QString whyHeldBack(HeldBack why)
{
    switch (why) {
    case HeldBack::No:
        return {};
    case HeldBack::NotPermitted:
        return Text::tr("Whether anybody can sign up at your Firebase past your pages was not asked, as you have not "
                        "permitted test requests.");
    case HeldBack::NoneLeft:
        return Text::tr("Whether anybody can sign up at your Firebase past your pages was not asked, as the test "
                        "requests were stopped or used up.");
    case HeldBack::TooMany:
        return Text::tr("Your pages name more than %1 projects of Firebase. Whether anybody can sign up past your "
                        "pages was asked of as many alone.")
            .arg(kMostSignUps);
    }
    Q_UNREACHABLE();
}

QString whyNotRun(HeldBack why)
{
    switch (why) {
    case HeldBack::No:
        return {};
    case HeldBack::NotPermitted:
        return Text::tr("The queries of your Convex were not run, as their answers hold content and you have not "
                        "permitted test requests.");
    case HeldBack::NoneLeft:
        return Text::tr("Not all queries of your Convex were run, as the test requests were stopped or used up.");
    case HeldBack::TooMany:
        return Text::tr("Your pages name more queries of Convex than one run asks: %1 questions at most, one of them "
                        "by a name that nothing has. Look yourself whether the others check who calls them.")
            .arg(kMostQueries);
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
