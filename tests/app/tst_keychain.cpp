#include "app/keychain.h"
#include "app/practicecredentials.h"
#include "models/access/mailedlink.h"
#include "models/credentialkind.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <qt6keychain/keychain.h>

#include <functional>
#include <optional>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kInsideSession = "COCKPIT_TEST_KEYCHAIN_SESSION";
constexpr auto kServicePassword = "practice";

const QString kEntry = u"acme/api-token"_s;

template<typename T>
std::optional<Result<T>> waitFor(const std::function<void(std::function<void(Result<T>)>)> &call)
{
    std::optional<Result<T>> answer;
    call([&](Result<T> result) { answer = std::move(result); });
    (void)QTest::qWaitFor([&] { return answer.has_value(); }, 10000);
    return answer;
}

Result<void> writeNow(CredentialStore &store, const QString &entry, const QByteArray &value)
{
    return waitFor<void>([&](auto done) { store.write(entry, Secret(value), done); })
        .value_or(failure(ErrorKind::TimedOut, u"no answer"_s));
}

Result<Secret> readNow(CredentialStore &store, const QString &entry)
{
    return waitFor<Secret>([&](auto done) { store.read(entry, done); })
        .value_or(failure(ErrorKind::TimedOut, u"no answer"_s));
}

Result<void> removeNow(CredentialStore &store, const QString &entry)
{
    return waitFor<void>([&](auto done) { store.remove(entry, done); })
        .value_or(failure(ErrorKind::TimedOut, u"no answer"_s));
}

// A company that hands out other links at each reading: they work once.
class HandingCompany
{
public:
    std::optional<Secret> operator()(const QString &)
    {
        if (!runs)
            return std::nullopt;
        const QByteArray number = QByteArray::number(++letters);
        return keychainValueOf({{u"password"_s, Secret("of the company")},
                                {u"reset_link"_s, Secret("https://app.example/r/" + number)},
                                {u"invite_link"_s, Secret("https://app.example/i/" + number)}});
    }

    bool runs = true;
    int letters = 0;
};

QByteArray valueIn(CredentialStore &store, const QString &entry, const QString &name)
{
    const Result<Secret> value = readNow(store, entry);
    HoleValues values = value ? holeValuesOf(*value) : HoleValues();
    return values[name].reveal();
}

} // namespace

// The real keychain needs a session bus with a keyring: outside one, the test starts itself again inside one.
class TestKeychain : public QObject
{
    Q_OBJECT

private slots:
    void keepsCredentials_data();
    void keepsCredentials();
    void saysThatTheKeyringIsLocked();
    void saysThatThereIsNoKeychain();
    void eachTroubleHasItsWords_data();
    void eachTroubleHasItsWords();
    void goesOnInMemoryWhenAsked();
    void thePracticeCompanysLinksStayFresh();
    void linksThatAPersonTypedCountAlone();
    void worksWithARealKeyring();
};

void TestKeychain::keepsCredentials_data()
{
    QTest::addColumn<bool>("real");
    QTest::newRow("for this session") << false;
    if (qEnvironmentVariableIsSet(kInsideSession))
        QTest::newRow("in the keyring") << true;
}

void TestKeychain::keepsCredentials()
{
    QFETCH(bool, real);
    KeychainStore keychain;
    SessionCredentialStore memory;
    CredentialStore &store = real ? static_cast<CredentialStore &>(keychain) : memory;
    QCOMPARE(store.isSessionOnly(), !real);

    const auto absent = readNow(store, kEntry);
    QVERIFY(!absent);
    QCOMPARE(absent.error().kind, ErrorKind::NotFound);

    const QByteArray value("p\xc3\xa4ss\0word", 10); // any bytes, a zero included
    const auto written = writeNow(store, kEntry, value);
    QVERIFY2(written, written ? "" : qPrintable(written.error().message + written.error().detail));
    QCOMPARE(readNow(store, kEntry)->reveal(), value);
    QVERIFY(writeNow(store, kEntry, "replaced"));
    QCOMPARE(readNow(store, kEntry)->reveal(), QByteArray("replaced"));

    QVERIFY(removeNow(store, kEntry));
    QCOMPARE(readNow(store, kEntry).error().kind, ErrorKind::NotFound);
    QVERIFY(removeNow(store, kEntry)); // what is gone is gone
}

// A real keyring that somebody locked; nobody is there to type its password.
void TestKeychain::saysThatTheKeyringIsLocked()
{
    if (!qEnvironmentVariableIsSet(kInsideSession))
        QSKIP("There is no keyring in this session.");
    KeychainStore store;
    QVERIFY(writeNow(store, kEntry, "kept"));
    QCOMPARE(QProcess::execute(u"dbus-send"_s, {u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.secrets"_s,
                                                u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service.Lock"_s,
                                                u"array:objpath:/org/freedesktop/secrets/collection/login"_s}),
             0);
    const auto written = writeNow(store, kEntry, "another");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::NotPermitted);
    QVERIFY2(written.error().message.contains(u"is locked"_s), qPrintable(written.error().message));
    // libsecret finds nothing in what is locked: the advice for that says so, too.
    const auto read = readNow(store, kEntry);
    QVERIFY(!read);
    QVERIFY2(read.error().kind == ErrorKind::NotPermitted || read.error().kind == ErrorKind::NotFound,
             qPrintable(read.error().message));
    // Never a reason to give the keychain up unasked.
    AvailableCredentialStore available;
    available.probe();
    QTest::qWait(500);
    QVERIFY(!available.isSessionOnly());
}

void TestKeychain::saysThatThereIsNoKeychain()
{
    if (qEnvironmentVariableIsSet(kInsideSession))
        QSKIP("There is a keychain in this session.");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    KeychainStore store;
    const auto written = writeNow(store, kEntry, "secret value");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Unsupported);
    QVERIFY2(written.error().message.contains(u"this session only"_s), qPrintable(written.error().message));
    QVERIFY(!written.error().detail.contains(u"secret value"_s));
}

void TestKeychain::eachTroubleHasItsWords_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("gone") << int(QKeychain::EntryNotFound) << ErrorKind::NotFound << u"holds nothing"_s;
    QTest::newRow("locked") << int(QKeychain::AccessDenied) << ErrorKind::NotPermitted << u"is locked"_s;
    QTest::newRow("refused") << int(QKeychain::AccessDeniedByUser) << ErrorKind::NotPermitted << u"refused"_s;
    QTest::newRow("keeps it") << int(QKeychain::CouldNotDeleteEntry) << ErrorKind::NotPermitted << u"not delete"_s;
    QTest::newRow("absent") << int(QKeychain::NoBackendAvailable) << ErrorKind::Unsupported << u"has no keychain"_s;
    QTest::newRow("nobody on the bus") << int(QKeychain::OtherError) << ErrorKind::Unsupported << u"has no keychain"_s;
    QTest::newRow("of a later version") << 4711 << ErrorKind::Unsupported << u"has no keychain"_s;
}

void TestKeychain::eachTroubleHasItsWords()
{
    QFETCH(int, error);
    QFETCH(QString, words);
    const Error said = keychainError(error, kEntry, u"detail"_s);
    QTEST(said.kind, "kind");
    QVERIFY2(said.message.contains(words), qPrintable(said.message));
}

void TestKeychain::thePracticeCompanysLinksStayFresh()
{
    SessionCredentialStore others;
    HandingCompany company;
    PracticeCredentials store(others, std::ref(company));
    const QString entry = newKeychainEntry(CredentialKind::Practice);
    QCOMPARE(valueIn(store, entry, u"reset_link"_s), QByteArray("https://app.example/r/1"));
    // A person changes the password: what was read is written back with it, the links, too.
    const Secret changed = withMailedValues(*readNow(store, entry), {{u"password"_s, Secret("typed")}});
    QVERIFY(writeNow(store, entry, changed.reveal()));
    QCOMPARE(valueIn(store, entry, u"password"_s), QByteArray("typed"));
    const int before = company.letters;
    QCOMPARE(valueIn(store, entry, u"reset_link"_s), "https://app.example/r/" + QByteArray::number(before + 1));
    QCOMPARE(valueIn(store, entry, u"invite_link"_s), "https://app.example/i/" + QByteArray::number(before + 2));
    company.runs = false; // what it handed out leads nowhere now
    QCOMPARE(readNow(store, entry)->reveal(), QByteArray("typed"));
    QVERIFY(!others.holds(entry));
}

void TestKeychain::linksThatAPersonTypedCountAlone()
{
    SessionCredentialStore others;
    HandingCompany company;
    PracticeCredentials store(others, std::ref(company));
    const QString entry = newKeychainEntry(CredentialKind::Practice);
    const HoleValues pasted{{u"reset_link"_s, Secret("https://app.example/r/mine")}};
    QVERIFY(writeNow(store, entry, withMailedValues(*readNow(store, entry), pasted).reveal()));
    const int before = company.letters;
    QCOMPARE(valueIn(store, entry, u"reset_link"_s), QByteArray("https://app.example/r/mine"));
    QCOMPARE(valueIn(store, entry, u"invite_link"_s), QByteArray()); // the company's was for another letter
    QCOMPARE(valueIn(store, entry, u"password"_s), QByteArray("of the company"));
    QCOMPARE(company.letters, before); // nobody is asked for letters that are not used
    // Once they are forgotten, the company's are back.
    const Secret without = withMailedValues(*readNow(store, entry), {{u"reset_link"_s, Secret()}});
    QVERIFY(writeNow(store, entry, without.reveal()));
    QVERIFY(valueIn(store, entry, u"reset_link"_s).startsWith("https://app.example/r/"));
    QVERIFY(!valueIn(store, entry, u"invite_link"_s).isEmpty());
    QCOMPARE(company.letters, before + 2);
}

void TestKeychain::goesOnInMemoryWhenAsked()
{
    if (qEnvironmentVariableIsSet(kInsideSession))
        QSKIP("There is a keychain in this session.");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    AvailableCredentialStore store; // which has not asked yet whether there is a keychain
    QVERIFY(!store.isSessionOnly());
    QVERIFY(store.canKeepForSession());
    QVERIFY(!writeNow(store, kEntry, "value"));
    store.keepForSession();
    QVERIFY(store.isSessionOnly());
    QVERIFY(!store.canKeepForSession());
    QVERIFY(writeNow(store, kEntry, "value"));
    QCOMPARE(readNow(store, kEntry)->reveal(), QByteArray("value"));
    QCOMPARE(readNow(store, u"another"_s).error().kind, ErrorKind::Unsupported); // the keychain is asked, and is none
    QVERIFY(removeNow(store, kEntry));
    QVERIFY(!readNow(store, kEntry));
}

void TestKeychain::worksWithARealKeyring()
{
    if (qEnvironmentVariableIsSet(kInsideSession))
        QSKIP("This is the test inside the session.");
    for (const QString &tool : {u"dbus-run-session"_s, u"dbus-send"_s, u"gnome-keyring-daemon"_s}) {
        if (QStandardPaths::findExecutable(tool).isEmpty())
            QSKIP(qPrintable(tool + u" is not installed."_s));
    }
    const QTemporaryDir home; // private: the keyring of whoever runs the tests is left alone
    QProcess session;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, home.path());
    environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"data"_s));
    environment.insert(QString::fromLatin1(kInsideSession), u"1"_s);
    session.setProcessEnvironment(environment);
    session.setProcessChannelMode(QProcess::MergedChannels);
    const QString script = u"printf %s \"$1\" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; "
                           "exec \"$0\" keepsCredentials saysThatTheKeyringIsLocked"_s;
    session.start(u"dbus-run-session"_s, {u"--"_s, u"sh"_s, u"-c"_s, script, QCoreApplication::applicationFilePath(),
                                          QString::fromLatin1(kServicePassword)});
    QVERIFY2(session.waitForFinished(60000), "The session did not end.");
    const QByteArray output = session.readAll();
    QVERIFY2(output.contains("PASS   : TestKeychain::keepsCredentials(in the keyring)"), output.constData());
    QVERIFY2(output.contains("PASS   : TestKeychain::saysThatTheKeyringIsLocked()"), output.constData());
    QCOMPARE(session.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
