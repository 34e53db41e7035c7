#include "checks/access/tokenstorage.h"
#include "checks/engine/observations.h"
#include "tests/checks/changedrules.h"
#include "tests/checks/secrets/zipmade.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::access;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestTokenStorage : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void findsPlaces_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *path, const QByteArray &text, const QString &expected) {
            QTest::newRow(name) << QString::fromLatin1(path) << text << expected;
        };
        row("React Native", "a.tsx", "await AsyncStorage.setItem('accessToken', t)", u"AsyncStorage token"_s);
        row("a theme", "a.tsx", "AsyncStorage.setItem('theme', 'dark')", u"AsyncStorage"_s);
        row("a push token", "a.ts", "AsyncStorage.setItem('pushToken', t)", u"AsyncStorage"_s);
        row("a push token by another name", "a.ts", "AsyncStorage.setItem('expoPushToken', token)", u"AsyncStorage"_s);
        row("a device's token", "a.ts", "AsyncStorage.setItem(DEVICE_TOKEN, token)", u"AsyncStorage"_s);
        row("beside an export", "a.ts", "localStorage.setItem(\"refresh_token\", exported.refresh)",
            u"localStorage token"_s);
        row("of a device", "a.ts", "AsyncStorage.setItem('access_token', device.token)", u"AsyncStorage token"_s);
        row("beside a push token", "a.ts", "AsyncStorage.setItem('accessToken', a.withoutPushToken)",
            u"AsyncStorage token"_s);
        row("whether a password is shown", "a.ts", "AsyncStorage.setItem('showPassword', 'yes')", u"AsyncStorage"_s);
        row("a password beside that", "a.ts", "AsyncStorage.setItem('password', showPassword ? a : b)",
            u"AsyncStorage token"_s);
        row("by the name of the value", "a.ts", "AsyncStorage.setItem(KEY, user.token)", u"AsyncStorage token"_s);
        row("a word inside", "a.ts", "AsyncStorage.setItem('tokenizer', t)", u"AsyncStorage"_s);
        row("reading", "a.ts", "AsyncStorage.getItem('token')", QString());
        row("Supabase", "a.ts", "createClient(u, k, { auth: { storage: AsyncStorage } })", u"AsyncStorage token"_s);
        row("Firebase", "a.ts", "getReactNativePersistence(AsyncStorage)", u"AsyncStorage token"_s);
        row("Expo, safe", "a.ts", "SecureStore.setItemAsync('token', t)", u"expo-secure-store token"_s);
        row("MMKV", "a.ts", "const s = new MMKV()\ns.set('token', t)", u"MMKV token"_s);
        row("MMKV, encrypted", "a.ts", "const s = new MMKV({encryptionKey})\ns.set('token', t)", QString());
        row("Flutter", "a.dart", "SharedPreferences p;\np.setString('jwt', t)", u"SharedPreferences token"_s);
        row("Flutter, safe", "a.dart", "FlutterSecureStorage s;\ns.write(key: 'token', value: t)",
            u"flutter_secure_storage token"_s);
        row("Hive", "a.dart", "b = Hive.openBox('x'); b.put('token', t)", u"Hive token"_s);
        row("Hive, encrypted", "a.dart", "b = Hive.openBox('x', encryptionCipher: c); b.put('token', t)", QString());
        row("Swift", "a.swift", "UserDefaults.standard.set(token, forKey: \"authToken\")", u"UserDefaults token"_s);
        row("SwiftUI", "a.swift", "@AppStorage(\"token\") var t = \"\"", u"AppStorage token"_s);
        row("Swift, safe", "a.swift", "SecItemAdd(query as CFDictionary, nil)", u"Keychain"_s);
        row("Kotlin", "a.kt", "val p = getSharedPreferences(a)\np.edit().putString(\"token\", t)",
            u"SharedPreferences token"_s);
        row("Kotlin, a bundle", "a.kt", "bundle.putString(\"token\", t)", QString());
        row("Kotlin, encrypted", "a.kt",
            "EncryptedSharedPreferences.create(x)\nsharedPreferences.edit().putString(\"token\", t)",
            u"EncryptedSharedPreferences"_s);
        row("Capacitor", "a.ts", "import '@capacitor/preferences';\nPreferences.set({ key: 'token', value: t })",
            u"Capacitor Preferences token"_s);
        row("page", "a.js", "localStorage.setItem(\"token\", t)", u"localStorage token"_s);
        row("page, as a property", "a.js", "localStorage.token = t; localStorage['jwt'] = t",
            u"localStorage token; localStorage token"_s);
        row("page, comparing", "a.js",
            "if (localStorage.token != null && localStorage.token !== x && localStorage['token'] >= 1) {}", QString());
        row("page, added to", "a.js", "localStorage.token += t", u"localStorage token"_s);
        row("page, reading", "a.js", "localStorage.getItem('token'); x = localStorage.token; localStorage.token === t",
            QString());
        row("comment", "a.js", "// localStorage.setItem('token', t)", QString());
        row("other language", "a.py", "localStorage.setItem('token', t)", QString());
        row("part of a word", "a.js", "myAsyncStorage.setItem('token', t)", QString());
    }

    void findsPlaces()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, text);
        QStringList found;
        const auto rules = loadStorageRules();
        QVERIFY(rules.has_value());
        const std::string_view view(text.constData(), static_cast<size_t>(text.size()));
        for (const StoragePlace &place : storagePlaces(view, path, *rules))
            found.append(place.store + (place.isToken ? u" token"_s : QString()));
        QTEST(found.join(u"; "_s), "expected");
    }

    void refusesRules_data()
    {
        addChangeColumns();
        changeRow("an unknown kind", "'kind': 'safe'", "'kind': 'sound'", u"kind"_s);
        changeRow("an unknown stack", "'stack': 'ios'", "'stack': 'symbian'", u"stack"_s);
        changeRow("an unknown member", "'call': 'KeychainAccess'", "'call': 'KeychainAccess', 'why': 'x'", u"why"_s);
        changeRow("no call", "'call': 'KeychainAccess'", "'call': ''", u"call"_s);
        changeRow("a call twice", "'call': 'KeychainAccess'", "'call': 'localStorage['", u"call"_s);
        changeRow("a page in a package", "'text': 'SecItemAdd', 'store': 'Keychain', 'kind': 'safe'",
                  "'text': 'SecItemAdd', 'store': 'Keychain', 'kind': 'page'", u"kind"_s);
        changeRow("a capital letter", "'accesstoken'", "'accessToken'", u"token_names"_s);
        changeRow("no JSON", "'schema'", "schema", u"schema"_s);
    }

    void refusesRules() { refusesChange(u":/rules/storage-apis.json"_s, parseStorageRules); }

    void judgesCode_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const QByteArray plain = "AsyncStorage.setItem('token', t)\n";
        const QByteArray safe = "SecureStore.setItemAsync('token', t)\n";
        const QByteArray page = "localStorage.setItem('token', t)\n";
        QTest::newRow("plain") << plain << u"plain_storage(AsyncStorage):medium:strong"_s;
        QTest::newRow("safe") << safe << u"pass"_s;
        QTest::newRow("plain beside safe") << plain + safe << u"plain_storage(AsyncStorage):medium:lead"_s;
        QTest::newRow("page") << page << u"page_storage(localStorage):low:lead"_s;
        QTest::newRow("page beside safe, for browsers") << page + safe << u"pass"_s;
        QTest::newRow("page in an app") << page + "AsyncStorage.setItem('theme', t)"
                                        << u"page_storage(localStorage):medium:lead"_s;
        QTest::newRow("nothing secret in an app") << QByteArray("AsyncStorage.setItem('theme', t)") << u"info"_s;
        QTest::newRow("nothing secret on a page") << QByteArray("localStorage.setItem('theme', t)") << u"pass"_s;
        QTest::newRow("nothing kept") << QByteArray("x") << u"info"_s;
    }

    void judgesCode()
    {
        QFETCH(QByteArray, text);
        write(u"src/a.ts"_s, text);
        write(u"src/a.test.ts"_s, "AsyncStorage.setItem('password', t)");
        write(u"node_modules/x/a.js"_s, "AsyncStorage.setItem('password', t)");
        write(u"dist/a.js"_s, "AsyncStorage.setItem('password', t)");
        QTEST(said({{SourceKind::Code, m_folder->path(), {}}}), "expected");
    }

    void judgesNoCode()
    {
        write(u"a.txt"_s, "x");
        QCOMPARE(said({{SourceKind::Code, m_folder->path(), {}}}), u"not_run"_s);
    }

    void judgesPackages_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const QByteArray plain = "dex\n035 Lcom/reactnativecommunity/asyncstorage/X;";
        QTest::newRow("plain library alone") << QByteArray("classes.dex") << plain << u"no_safe_store():medium:lead"_s;
        QTest::newRow("with a safe one") << QByteArray("classes.dex") << plain + "Lexpo/modules/securestore/X;"
                                         << u"info"_s;
        QTest::newRow("pages in an app") << QByteArray("assets/public/a.js")
                                         << QByteArray("localStorage.setItem(\"token\",t)")
                                         << u"page_storage(localStorage):low:lead"_s;
        QTest::newRow("nothing known") << QByteArray("classes.dex") << QByteArray("dex\n035") << u"info"_s;
        QTest::newRow("a picture") << QByteArray("res/a.png") << plain << u"not_run"_s;
    }

    void judgesPackages()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, bytes);
        write(u"a.apk"_s, zipMade({{name, bytes}}));
        QTEST(said({{SourceKind::Package, m_folder->filePath(u"a.apk"_s), {}}}), "expected");
    }

    void saysWhatItCouldNotRead()
    {
        write(u"a.ts"_s, "SecureStore.setItemAsync('token', t)");
        const LocalSource gone{SourceKind::Package, m_folder->filePath(u"gone.apk"_s), {}};
        QCOMPARE(said({{SourceKind::Code, m_folder->path(), {}}, gone}), u"info"_s);
        QVERIFY(!ask({gone}));
    }

    // The safe store of another app says nothing about this one's file of the same name.
    void tellsSourcesApart()
    {
        write(u"app/auth.ts"_s, "SecureStore.setItemAsync('token', t)\nlocalStorage.setItem('token', t)");
        write(u"web/auth.ts"_s, "localStorage.setItem('token', t)");
        const QString said = this->said({{SourceKind::Code, m_folder->filePath(u"app"_s), {}},
                                         {SourceKind::Code, m_folder->filePath(u"web"_s), {}}});
        QCOMPARE(said, u"page_storage(localStorage):medium:lead"_s);
    }

    // A part that was not looked at may hold the one place that matters.
    void saysWhatItLeftOut()
    {
        write(u"large.ts"_s, "SecureStore.setItemAsync('token', t)\n" + QByteArray(5 << 20, ' '));
        QCOMPARE(said({{SourceKind::Code, m_folder->path(), {}}}), u"info"_s);
        const auto large = ask({{SourceKind::Code, m_folder->path(), {}}});
        QCOMPARE(large->places.size(), size_t(1));
        QCOMPARE(large->gaps.size(), 1);
        write(u"large.ts"_s, QByteArray("SecureStore.setItemAsync('token', t)\n").repeated(300));
        QCOMPARE(said({{SourceKind::Code, m_folder->path(), {}}}), u"info"_s);
    }

    void stops()
    {
        write(u"a.ts"_s, "x");
        const CancelToken token;
        token.cancel();
        const auto read = ask({{SourceKind::Code, m_folder->path(), {}}}, token);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Cancelled);
    }

private:
    void write(const QString &name, const QByteArray &text) const
    {
        const QString path = m_folder->filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    static Result<TokenPlaces> ask(std::vector<LocalSource> sources, const CancelToken &token = {})
    {
        Observations seen({}, token, Deadline::in(std::chrono::seconds(60)), nullptr);
        return *seen.ask(ReadTokenPlaces{std::move(sources)});
    }

    // "plain_storage(AsyncStorage):medium:strong", or the outcome's word when there is no finding.
    static QString said(std::vector<LocalSource> sources)
    {
        const auto read = ask(std::move(sources));
        if (!read)
            return read.error().message;
        const Judged judged = judgeTokenStorage(*read);
        QStringList words;
        for (const Finding &finding : judged.findings)
            words.append(
                u"%1(%2):%3:%4"_s.arg(finding.code, finding.subject, toWord(finding.severity), toWord(finding.proof)));
        return words.isEmpty() ? toWord(judged.outcome) : words.join(u' ');
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestTokenStorage)
#include "tst_tokenstorage.moc"
