// What is said of how a secret is replaced: a page, or what to do with a secret that no page of a service tells of.
#include "app/report/replacementstep.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// Which rules may be without a page, beside those that know a secret by its name alone: what people made themselves
// (keys, what their programs sign with, wallets), a login at a server that the rule cannot know, a program that has
// no page on it.
const QSet<QString> &onesOwn()
{
    static const QSet<QString> ids{
        u"private-key-pkcs8"_s,
        u"private-key-rsa"_s,
        u"private-key-ec"_s,
        u"private-key-dsa"_s,
        u"private-key-openssh"_s,
        u"private-key-encrypted"_s,
        u"private-key-pgp"_s,
        u"private-key-putty"_s,
        u"private-key-base64"_s,
        u"private-key-jwk"_s,
        u"private-key-age"_s,
        u"vapid-private-key"_s,
        u"wireguard-preshared-key"_s,
        u"crypto-wallet-key"_s,
        u"seed-phrase"_s,
        u"pkcs12-password"_s,
        u"signing-jwt-secret"_s,
        u"signing-auth-secret"_s,
        u"signing-session-secret"_s,
        u"signing-cookie-secret"_s,
        u"signing-rails-master-key"_s,
        u"signing-encryption-key"_s,
        u"signing-webhook-secret"_s,
        u"signing-cron-secret"_s,
        u"signing-revalidate-secret"_s,
        u"git-url-password"_s,
        u"netrc-password"_s,
        u"rclone-password"_s,
        u"docker-config-auth"_s,
        u"maven-settings-password"_s,
        u"smtp-url"_s,
        u"jdbc-url"_s,
        u"wordpress-db-password"_s,
        u"s3-secret-key"_s,
        u"drone-token"_s,
    };
    return ids;
}

// The kind of a token by its claims is a rule of its own.
std::vector<LeakRule> allKinds()
{
    std::vector<LeakRule> all;
    const auto rules = loadLeakRules();
    if (!rules)
        return all;
    for (const LeakRule &rule : *rules) {
        all.push_back(rule);
        all.insert(all.end(), rule.classes.begin(), rule.classes.end());
    }
    return all;
}

LeakRule ruleOf(const QString &id)
{
    const auto all = allKinds();
    const auto known = std::ranges::find(all, id, &LeakRule::id);
    return known == all.end() ? LeakRule() : *known;
}

} // namespace

class ReplacementStepTest : public QObject
{
    Q_OBJECT

private slots:
    void knowsAPageForEachService()
    {
        const auto all = allKinds();
        QVERIFY(!all.empty());
        QSet<QString> without;
        for (const LeakRule &rule : all) {
            if (!rule.rotate.isEmpty() || rule.id.startsWith("generic"_L1) || rule.id.startsWith("jwt"_L1))
                continue;
            without.insert(rule.id);
            QVERIFY2(onesOwn().contains(rule.id), qPrintable(rule.id));
        }
        QCOMPARE(without, onesOwn()); // what has a page by now, or is gone, is not in the list
    }

    // "Replace it at PKCS #8" helps nobody.
    void namesNoFormatAsAPlace()
    {
        const auto all = allKinds();
        QVERIFY(!all.empty());
        for (const LeakRule &rule : all)
            QVERIFY2(!replacementStep(rule).startsWith("Replace it at "_L1), qPrintable(rule.id));
    }

    void saysWhatToDo_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("part");
        const auto row = [](const QString &id, const QString &part) { QTest::newRow(qPrintable(id)) << id << part; };
        row(u"generic-password"_s, u"where it was made"_s);
        row(u"git-url-password"_s, u"where it was made"_s);
        row(u"private-key-openssh"_s, u"pair of keys"_s);
        row(u"vapid-private-key"_s, u"pair of keys"_s);
        row(u"private-key-age"_s, u"encrypt with it again"_s);
        row(u"signing-rails-master-key"_s, u"encrypt with it again"_s);
        row(u"signing-session-secret"_s, u"signs in again"_s);
        row(u"signing-webhook-secret"_s, u"on both sides"_s);
        row(u"wireguard-preshared-key"_s, u"on both sides"_s);
        row(u"smtp-url"_s, u"Change the password of this user"_s);
        row(u"pkcs12-password"_s, u"the keys in it"_s);
        row(u"seed-phrase"_s, u"to a new wallet"_s);
        row(u"drone-token"_s, u"your own installation of Drone"_s);
        row(u"jwt-supabase-local"_s, u"your own installation of Supabase"_s);
        row(u"coolify-token"_s, u"https://coolify.io/docs/"_s);
        row(u"postgres-url"_s, u"https://www.postgresql.org/docs/"_s);
        row(u"kubeconfig-client-key"_s, u"https://kubernetes.io/docs/"_s);
        row(u"signing-django-secret-key"_s, u"/#secret-key"_s);
    }

    void saysWhatToDo()
    {
        QFETCH(QString, id);
        QFETCH(QString, part);
        const LeakRule rule = ruleOf(id);
        QCOMPARE(rule.id, id);
        QVERIFY2(replacementStep(rule).contains(part), qPrintable(replacementStep(rule)));
    }

    void namesTheServiceOfARuleThatItDoesNotKnow()
    {
        LeakRule rule;
        rule.id = u"acme-key"_s;
        rule.service = u"Acme"_s;
        QCOMPARE(replacementStep(rule), u"Replace it at Acme, and see that the old one is refused."_s);
        rule.service = u"any service"_s;
        QVERIFY(replacementStep(rule).contains("where it was made"_L1));
    }
};

QTEST_GUILESS_MAIN(ReplacementStepTest)
#include "tst_replacementstep.moc"
