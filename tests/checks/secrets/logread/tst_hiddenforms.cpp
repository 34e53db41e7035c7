#include "checks/secrets/logread/cioutput.h"
#include "checks/secrets/logread/hiddenforms.h"
#include "tests/checks/secrets/smallrules.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kKey(32, 'k');

// With signs that URL encoding changes.
std::string value()
{
    return test::noise(10, 5) + "+/" + test::noise(9, 6);
}

QByteArray bytes()
{
    return QByteArray::fromStdString(value());
}

QByteArray spaced(char sign)
{
    QByteArray text;
    for (const char c : value())
        text += QByteArray(text.isEmpty() ? 0 : 1, sign) + c;
    return text;
}

QByteArray reversed()
{
    const std::string text = value();
    return QByteArray::fromStdString({text.rbegin(), text.rend()});
}

std::vector<KnownValue> knownIn(std::string_view settings, const QString &name)
{
    const env::FileRole role = env::roleOfFile(name);
    return knownValuesIn(
        env::readSettings(settings, name, role == env::FileRole::Other ? env::FileRole::Settings : role), kKey);
}

} // namespace

class HiddenFormsTest : public QObject
{
    Q_OBJECT

private slots:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("text"); // lines
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << "deploying with " + bytes() << u"plain"_s;
        QTest::newRow("given to a name") << "TOKEN=" + bytes() << u"plain"_s;
        QTest::newRow("in an address") << "https://u:" + bytes().replace('/', "%2F") + "@h/" << u"url_encoded"_s;
        QTest::newRow("base64") << bytes().toBase64() << u"base64"_s;
        QTest::newRow("base64 with a line end") << (bytes() + '\n').toBase64() << u"base64"_s;
        QTest::newRow("base64 of user and value") << "auth=" + ("user:" + bytes()).toBase64() << u"base64"_s;
        QTest::newRow("base64 for addresses") << bytes().toBase64(QByteArray::Base64UrlEncoding) << u"base64"_s;
        QTest::newRow("URL-encoded") << bytes().toPercentEncoding() << u"url_encoded"_s;
        QTest::newRow("reversed") << reversed() << u"reversed"_s;
        QTest::newRow("hexadecimal") << bytes().toHex() << u"hex"_s;
        QTest::newRow("spaced") << "it is " + spaced(' ') << u"spaced"_s;
        QTest::newRow("hyphens between") << spaced('-') << u"spaced"_s;
        QTest::newRow("two words") << "is " + bytes().left(9) + ' ' + bytes().mid(9) << u"split"_s;
        QTest::newRow("three words") << bytes().left(6) + ' ' + bytes().mid(6, 6) + ' ' + bytes().mid(12) << u"split"_s;
        QTest::newRow("two lines") << "one " + bytes().left(9) + "\ntwo " + bytes().mid(9) << u"split"_s;
        QTest::newRow("masked") << QByteArray("deploying with ***") << QString();
        QTest::newRow("another value") << QByteArray::fromStdString(test::noise(21, 77)) << QString();
        QTest::newRow("half of it") << bytes().left(9) << QString();
        QTest::newRow("twice") << bytes() + "\n" + bytes() << u"plain plain"_s;
    }

    void finds()
    {
        QFETCH(QByteArray, text);
        const std::string settings = "API_TOKEN=" + value() + "\nPORT=3000\n";
        KnownFinder finder(knownIn(settings, u".env"_s), kKey);
        std::vector<KnownFound> found;
        for (const QByteArray &line : text.split('\n'))
            finder.find({line.constData(), static_cast<size_t>(line.size())}, found);
        QStringList said;
        for (const KnownFound &one : found) {
            QCOMPARE(one.value->name, u"API_TOKEN"_s);
            said << toWord(one.form);
        }
        QTEST(said.join(u' '), "expected");
    }

    void knows_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QString>("expected");
        QTest::newRow("secret") << u".env"_s << "API_TOKEN=" + bytes() << u"API_TOKEN"_s;
        QTest::newRow("exported, quoted") << u".env"_s << "export DB_PASSWORD=\"" + bytes() + "\"" << u"DB_PASSWORD"_s;
        QTest::newRow("compose") << u"compose.yml"_s
                                 << "services:\n  web:\n    environment:\n      SMTP_PASSWORD: '" + bytes() + "'"
                                 << u"SMTP_PASSWORD"_s;
        QTest::newRow("JSON") << u"heroku.json"_s << "{\"STRIPE_SECRET_KEY\": \"" + bytes() + "\"}"
                              << u"STRIPE_SECRET_KEY"_s;
        QTest::newRow("name of no secret") << u".env"_s << "APP_NAME=" + bytes() << QString();
        QTest::newRow("too short") << u".env"_s << QByteArray("API_TOKEN=a1b2c3d") << QString();
        QTest::newRow("long enough") << u".env"_s << QByteArray("API_TOKEN=a1b2c3dx") << u"API_TOKEN"_s;
        QTest::newRow("placeholder") << u".env"_s << QByteArray("API_TOKEN=your_token_here") << QString();
        QTest::newRow("remark") << u".env"_s << "# API_TOKEN=" + bytes() << QString();
        QTest::newRow("key by its end") << u".env"_s << "STRIPE_KEY=" + bytes() << u"STRIPE_KEY"_s;
        QTest::newRow("key for browsers") << u".env"_s << "STRIPE_PUBLISHABLE_KEY=" + bytes() << QString();
        QTest::newRow("key that a build gives away") << u".env"_s << "VITE_MAPS_KEY=" + bytes() << QString();
        QTest::newRow("id of a key") << u".env"_s << "AWS_ACCESS_KEY_ID=" + bytes() << QString();
        QTest::newRow("address with a password")
            << u".env"_s
            << "DATABASE_URL=postgres://app:" + QByteArray::fromStdString(test::noise(12, 5)) + "@db.firm.io/shop"
            << u"DATABASE_URL"_s;
        QTest::newRow("address without") << u".env"_s << QByteArray("DATABASE_URL=postgres://app@db.firm.io/shop")
                                         << QString();
        QTest::newRow("public address of a service")
            << u".env"_s << QByteArray("SENTRY_DSN=https://4d61bf2a9c@o12.ingest.sentry.io/7") << QString();
        QTest::newRow("list of a host") << u"env.json"_s
                                        << "{\"envs\":[{\"key\":\"API_TOKEN\",\n\"value\":\"" + bytes() + "\"}]}"
                                        << u"API_TOKEN"_s;
        QTest::newRow("encrypted in a list of a host")
            << u"env.json"_s
            << "{\"envs\":[{\"key\":\"API_TOKEN\",\"type\":\"encrypted\",\"value\":\"" + bytes() + "\"}]}" << QString();
        QTest::newRow("data of Kubernetes")
            << u"k8s.yaml"_s << "kind: Secret\ndata:\n  API_TOKEN: " + bytes().toBase64() << u"API_TOKEN"_s;
        QTest::newRow("list in a compose file")
            << u"compose.yml"_s << "services:\n  web:\n    environment:\n      - API_TOKEN=" + bytes()
            << u"API_TOKEN"_s;
        QTest::newRow("text of Heroku") << u"config"_s << "=== shop Config Vars\n\nAPI_TOKEN:  " + bytes()
                                        << u"API_TOKEN"_s;
        QTest::newRow("twice the same") << u".env"_s << "A_TOKEN=" + bytes() + "\nB_TOKEN=" + bytes() << u"A_TOKEN"_s;
    }

    void knows()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, settings);
        QStringList names;
        for (const KnownValue &one : knownIn(settings.toStdString(), name)) {
            names << one.name;
            QVERIFY(!one.fingerprint.contains(bytes()));
        }
        QTEST(names.join(u' '), "expected");
    }

    void readsOutput_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected"); // traced, with a secret, environments, hidden
        const QByteArray list("PATH=/bin\nHOME=/root\nCI=true\nA=1\nB=2\nC=3\nD=4\n");
        QTest::newRow("trace") << QByteArray("+ npm ci\n++ date\n") << u"2 0 0 0"_s;
        QTest::newRow("trace with a secret") << "+ export API_TOKEN=" + bytes() << u"1 1 0 0"_s;
        QTest::newRow("trace with a name beside") << "+ export API_TOKEN_TTL=" + bytes() << u"1 0 0 0"_s;
        QTest::newRow("trace with a key for browsers") << "+ export VITE_API_KEY=" + bytes() << u"1 0 0 0"_s;
        QTest::newRow("trace, masked") << QByteArray("+ export API_TOKEN=***") << u"1 0 0 1"_s;
        QTest::newRow("a difference") << QByteArray("+  const a = 1\n+++ b/file") << u"0 0 0 0"_s;
        QTest::newRow("environment") << list + "E=5\ndone" << u"0 0 1 0"_s;
        QTest::newRow("with times") << QByteArray("2026-11-29T10:00:00.1234567Z ") +
                                           QByteArray(list + "E=5").replace("\n", "\n2026-11-29T10:00:00.1234567Z ")
                                    << u"0 0 1 0"_s;
        QTest::newRow("seven lines") << list << u"0 0 0 0"_s;
        QTest::newRow("eight lines of nothing usual")
            << QByteArray("A=1\nB=1\nC=1\nD=1\nE=1\nF=1\nG=1\nH=1\n") << u"0 0 0 0"_s;
        QTest::newRow("interrupted") << list + "\nE=5\n" << u"0 0 0 0"_s;
    }

    void readsOutput()
    {
        QFETCH(QByteArray, text);
        CiSeen seen;
        {
            CiCounter counter(seen);
            qint64 number = 0;
            for (const QByteArray &line : text.split('\n'))
                counter.add({line.constData(), static_cast<size_t>(line.size())}, ++number);
        }
        QTEST(u"%1 %2 %3 %4"_s.arg(seen.traced).arg(seen.tracedWithSecret).arg(seen.environments).arg(seen.hidden),
              "expected");
    }

    void readsTellingOutput_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected"); // lines of npm's debug log, plans, values that a plan hid
        QTest::newRow("npm 6, verbose") << QByteArray("npm verb cli /usr/bin/node\nnpm sill fetch manifest a@1\n")
                                        << u"2 0 0 at 1 2"_s;
        QTest::newRow("npm 10, verbose") << QByteArray("npm info using npm@10\nnpm verbose title npm ci\n")
                                         << u"1 0 0 at 2"_s;
        QTest::newRow("the file of npm") << QByteArray("0 verbose cli node npm\n1 info using npm@10\n2 silly config\n")
                                         << u"2 0 0 at 1 3"_s;
        QTest::newRow("with the time of a pipeline")
            << QByteArray("2026-11-29T10:00:00.1234567Z npm verbose cli\n") << u"1 0 0 at 1"_s;
        QTest::newRow("npm as usual") << QByteArray("npm ci\nnpm warn deprecated a@1\nnpm ERR! code E401\n")
                                      << u"0 0 0"_s;
        QTest::newRow("words of another tool") << QByteArray("3 tests, verbose output\nverbose stack\n") << u"0 0 0"_s;
        QTest::newRow("plan of Terraform")
            << QByteArray("Terraform will perform the following actions:\n  + password = (sensitive value)\n"
                          "Plan: 1 to add, 0 to change, 0 to destroy.\n")
            << u"0 1 1 at 1"_s;
        QTest::newRow("plan of OpenTofu")
            << QByteArray("\nOpenTofu will perform the following actions:\n") << u"0 1 0 at 2"_s;
        QTest::newRow("nothing to do") << QByteArray("No changes. Your infrastructure matches the configuration.\n")
                                       << u"0 0 0"_s;
        QTest::newRow("a value that some tool hides") << QByteArray("password = (sensitive value)\n") << u"0 0 1"_s;
        QTest::newRow("four lines: three are kept") << QByteArray("npm verb a\n").repeated(4) << u"4 0 0 at 1 2 3"_s;
    }

    void readsTellingOutput()
    {
        QFETCH(QByteArray, text);
        CiSeen seen;
        {
            CiCounter counter(seen);
            qint64 number = 0;
            for (const QByteArray &line : text.split('\n'))
                counter.add({line.constData(), static_cast<size_t>(line.size())}, ++number);
        }
        QString said = u"%1 %2 %3"_s.arg(seen.npmDebug).arg(seen.plans).arg(seen.hiddenByPlan);
        for (const auto *lines : {&seen.npmDebugLines, &seen.planLines}) {
            for (const qint64 line : *lines)
                said += (said.contains("at"_L1) ? u" %1"_s : u" at %1"_s).arg(line);
        }
        QTEST(said, "expected");
    }
};

QTEST_GUILESS_MAIN(HiddenFormsTest)
#include "tst_hiddenforms.moc"
