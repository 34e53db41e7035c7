#include "checks/mail/dkimsignature.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// The example of RFC 8463, appendix A: one message with a signature of each kind, and both keys.
const QByteArray kEd25519Signature = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
                                     " d=football.example.com; i=@football.example.com;\r\n"
                                     " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
                                     " subject : date : message-id : from : subject : date;\r\n"
                                     " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
                                     " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"
                                     " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n";
const QByteArray kRsaSignature = "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
                                 " d=football.example.com; i=@football.example.com;\r\n"
                                 " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"
                                 " date : message-id : from : subject : date;\r\n"
                                 " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
                                 " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r\n"
                                 " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r\n"
                                 " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r\n";
const QByteArray kHeader = "From: Joe SixPack <joe@football.example.com>\r\n"
                           "To: Suzie Q <suzie@shopping.example.net>\r\n"
                           "Subject: Is dinner ready?\r\n"
                           "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
                           "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n";
const QByteArray kBody = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
const QByteArray kEd25519Key = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
const QByteArray kRsaKey =
    "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR"
    "6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5Qjv"
    "HO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

const QDateTime kNow(QDate(2026, 11, 22), QTime(12, 0), Qt::UTC);

DkimVerification verify(const QByteArray &text, const QByteArray &key, const QDateTime &now = kNow)
{
    const auto message = parseMessage(text);
    if (!message)
        qFatal("%s", qPrintable(message.error().message));
    const auto field =
        std::ranges::find_if(message->fields, [](const MessageField &f) { return f.isNamed("dkim-signature"); });
    const auto signature = parseDkimSignature(*field);
    if (!signature)
        qFatal("%s", qPrintable(signature.error().message));
    return verifyDkim(*message, *field, *signature, readDkimKey(key), now);
}

} // namespace

class TestDkimSignature : public QObject
{
    Q_OBJECT

private slots:
    void verifiesTheExampleOfTheRfc_data();
    void verifiesTheExampleOfTheRfc();
    void readsTags_data();
    void readsTags();
    void toleratesWhatRelaxedAllows_data();
    void toleratesWhatRelaxedAllows();
    void noticesChanges_data();
    void noticesChanges();
    void refusesKeys_data();
    void refusesKeys();
    void refusesSignatures_data();
    void refusesSignatures();
    void canonicalBodies_data();
    void canonicalBodies();
    void canonicalFields_data();
    void canonicalFields();
    void findsTheAuthor_data();
    void findsTheAuthor();
    void endsEveryField_data();
    void endsEveryField();
    void refusesWhatIsNoMessage_data();
    void refusesWhatIsNoMessage();
};

void TestDkimSignature::verifiesTheExampleOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("key");
    const QByteArray rest = kHeader + "\r\n" + kBody;
    QTest::newRow("ed25519") << kEd25519Signature + rest << kEd25519Key;
    QTest::newRow("rsa") << kRsaSignature + rest << kRsaKey;
    QTest::newRow("both, the first") << kEd25519Signature + kRsaSignature + rest << kEd25519Key;
    QTest::newRow("both, the other way round") << kRsaSignature + kEd25519Signature + rest << kRsaKey;
    QByteArray pasted = kRsaSignature + rest;
    pasted.replace("\r\n", "\n");
    QTest::newRow("line ends of a paste") << pasted << kRsaKey;
    QTest::newRow("empty lines and a byte order mark in front")
        << "\xef\xbb\xbf\r\n\n" + kRsaSignature + rest << kRsaKey;
    QTest::newRow("line of a mail store in front")
        << "From joe Fri Jul 11 21:00:37 2003\r\n" + kRsaSignature + rest << kRsaKey;
}

void TestDkimSignature::verifiesTheExampleOfTheRfc()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, key);
    const DkimVerification verification = verify(text, key);
    QVERIFY2(verification.verdict == DkimVerdict::Pass, qPrintable(verification.reason));
    QCOMPARE(verification.uncoveredBytes, 0);
}

void TestDkimSignature::readsTags_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const auto row = [](const char *name, const char *from, const char *to) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to);
    };
    row("a further way to the key", "q=dns/txt", "q=dns/txt:http/well-known");
    row("names that differ by case alone are two tags", "s=test;", "s=test; S=other;");
    row("words in capitals", "a=rsa-sha256; c=relaxed/relaxed", "a=RSA-SHA256; c=Relaxed/RELAXED");
    row("domain in its own letters", "d=football.example.com; i=@football.example.com", "d=b\303\274cher.example");
}

void TestDkimSignature::readsTags()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QByteArray raw = kRsaSignature;
    raw.replace("\r\n ", " ");
    QVERIFY(raw.contains(from));
    raw.replace(from, to);
    const auto signature = parseDkimSignature({"DKIM-Signature", raw});
    QVERIFY2(signature, qPrintable(signature ? QString() : signature.error().message));
    QCOMPARE(signature->keyName(), to.contains("cher") ? u"test._domainkey.xn--bcher-kva.example"_s
                                                       : u"test._domainkey.football.example.com"_s);
}

void TestDkimSignature::toleratesWhatRelaxedAllows_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray rest = kHeader + "\r\n" + kBody;
    QByteArray wrapped = kHeader;
    wrapped.replace("Subject: Is dinner", "SUBJECT:\r\n\t Is   dinner");
    QTest::newRow("rewrapped header") << kRsaSignature + wrapped + "\r\n" + kBody;
    QTest::newRow("empty lines at the end") << kRsaSignature + rest + "\r\n\r\n";
    QTest::newRow("blanks at the end of a line") << kRsaSignature + QByteArray(rest).replace("Joe.\r\n", "Joe. \t\r\n");
    QTest::newRow("a header that is not covered") << "X-Spam: no\r\n" + kRsaSignature + rest;
}

void TestDkimSignature::toleratesWhatRelaxedAllows()
{
    QFETCH(QByteArray, text);
    QCOMPARE(verify(text, kRsaKey).verdict, DkimVerdict::Pass);
}

void TestDkimSignature::noticesChanges_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<DkimVerdict>("verdict");
    const QByteArray rest = kHeader + "\r\n" + kBody;
    const auto changed = [&](const char *from, const char *to) {
        return kRsaSignature + QByteArray(rest).replace(from, to);
    };
    QTest::newRow("body") << changed("lost", "won") << DkimVerdict::BodyChanged;
    QTest::newRow("body is gone") << kRsaSignature + kHeader + "\r\n" << DkimVerdict::BodyMissing;
    QTest::newRow("header alone") << kRsaSignature + kHeader << DkimVerdict::BodyMissing;
    QTest::newRow("header alone, and changed")
        << kRsaSignature + QByteArray(kHeader).replace("dinner", "lunch") << DkimVerdict::HeaderChanged;
    QTest::newRow("a footer of a mailing list") << kRsaSignature + rest + "--\r\nlist\r\n" << DkimVerdict::BodyChanged;
    QTest::newRow("subject") << changed("dinner", "lunch") << DkimVerdict::HeaderChanged;
    QTest::newRow("a second subject, though the name is covered twice")
        << kRsaSignature + "Subject: Buy this\r\n" + rest << DkimVerdict::HeaderChanged;
    QTest::newRow("a second From") << kRsaSignature + "From: a@b.example\r\n" + rest << DkimVerdict::HeaderChanged;
    QTest::newRow("another domain in the signature")
        << QByteArray(kRsaSignature).replace("football", "baseball") + rest << DkimVerdict::HeaderChanged;
    QTest::newRow("another value") << QByteArray(kRsaSignature).replace("F45dVW", "F45dVX") + rest
                                   << DkimVerdict::HeaderChanged;
    QTest::newRow("has expired") << QByteArray(kRsaSignature).replace("t=1528637909;", "t=1528637909; x=1528637999;") +
                                        rest
                                 << DkimVerdict::Expired;
    QTest::newRow("covers more than there is")
        << QByteArray(kRsaSignature).replace("q=dns/txt;", "l=9999;") + rest << DkimVerdict::BodyChanged;
}

void TestDkimSignature::noticesChanges()
{
    QFETCH(QByteArray, text);
    const DkimVerification verification = verify(text, kRsaKey);
    QTEST(verification.verdict, "verdict");
    QVERIFY(!verification.reason.isEmpty());
}

void TestDkimSignature::refusesKeys_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("revoked") << QByteArray("v=DKIM1; p=");
    QTest::newRow("of another type") << kEd25519Key;
    QTest::newRow("damaged") << kRsaKey.left(100);
    QTest::newRow("none") << QByteArray();
}

void TestDkimSignature::refusesKeys()
{
    QFETCH(QByteArray, key);
    QCOMPARE(verify(kRsaSignature + kHeader + "\r\n" + kBody, key).verdict, DkimVerdict::KeyUnusable);
    QByteArray subdomain = kRsaSignature;
    subdomain.replace("i=@football", "i=@team.football");
    QCOMPARE(verify(subdomain + kHeader + "\r\n" + kBody, kRsaKey + "; t=s").verdict, DkimVerdict::KeyUnusable);
}

void TestDkimSignature::refusesSignatures_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const auto row = [](const char *name, const char *from, const char *to) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to);
    };
    row("no version", "v=1; ", "");
    row("version 2", "v=1", "v=2");
    row("SHA-1", "a=rsa-sha256", "a=rsa-sha1");
    row("unknown algorithm", "a=rsa-sha256", "a=rsa-md5");
    row("unknown form", "c=relaxed/relaxed", "c=loose");
    row("no domain", "d=football.example.com; ", "");
    row("no selector", "s=test; ", "");
    row("identity outside of the domain", "i=@football.example.com", "i=@example.com");
    row("From is not covered", "h=from : to", "h=to");
    row("number that is none", "t=1528637909", "t=soon");
    row("ends before it begins", "t=1528637909", "t=1528637909; x=1528637909");
    row("damaged hash", "bh=2jUS", "bh=**");
    row("key is somewhere else", "q=dns/txt", "q=http/well-known");
    row("tag twice", "s=test;", "s=test; s=test;");
}

void TestDkimSignature::refusesSignatures()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QByteArray raw = kRsaSignature;
    QVERIFY(raw.contains(from));
    raw.replace(from, to);
    // A lone "from :" further on in h= would still cover it.
    raw.replace("message-id : from", "message-id");
    const auto signature = parseDkimSignature({"DKIM-Signature", raw});
    QVERIFY(!signature);
    QCOMPARE(signature.error().kind, ErrorKind::BadInput);
}

// The examples of RFC 6376 sections 3.4.3 to 3.4.5.
void TestDkimSignature::canonicalBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("simple");
    QTest::addColumn<QByteArray>("relaxed");
    const auto row = [](const char *name, const char *body, const char *simple, const char *relaxed) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(simple) << QByteArray(relaxed);
    };
    row("of the RFC", " C \r\nD \t E\r\n\r\n\r\n", " C \r\nD \t E\r\n", " C\r\nD E\r\n");
    row("empty", "", "\r\n", "");
    row("only empty lines", "\r\n\r\n", "\r\n", "");
    row("no line end at the end", "a", "a\r\n", "a\r\n");
    row("blanks at the end without a line end", "a \t", "a \t\r\n", "a\r\n");
    row("blanks alone", " \t\r\n", " \t\r\n", "");
    row("empty lines inside", "a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n");
}

void TestDkimSignature::canonicalBodies()
{
    QFETCH(QByteArray, body);
    QTEST(canonicalBody(body, Canonicalization::Simple), "simple");
    QTEST(canonicalBody(body, Canonicalization::Relaxed), "relaxed");
}

void TestDkimSignature::canonicalFields_data()
{
    QTest::addColumn<QByteArray>("raw");
    QTest::addColumn<QByteArray>("relaxed");
    QTest::newRow("of the RFC, A") << QByteArray("A: X\r\n") << QByteArray("a:X\r\n");
    QTest::newRow("of the RFC, B") << QByteArray("B : Y\t\r\n\tZ  \r\n") << QByteArray("b:Y Z\r\n");
    QTest::newRow("empty") << QByteArray("C:\r\n") << QByteArray("c:\r\n");
    QTest::newRow("colons inside") << QByteArray("D: a: b\r\n") << QByteArray("d:a: b\r\n");
}

void TestDkimSignature::canonicalFields()
{
    QFETCH(QByteArray, raw);
    QTEST(canonicalField(raw, Canonicalization::Relaxed), "relaxed");
    QCOMPARE(canonicalField(raw, Canonicalization::Simple), raw);
}

void TestDkimSignature::findsTheAuthor_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QString>("domain");
    const auto row = [](const char *from, const QString &domain) { QTest::newRow(from) << QByteArray(from) << domain; };
    row("a@acme.example", u"acme.example"_s);
    row("Acme <a@Mail.ACME.example>", u"mail.acme.example"_s);
    row("\"b@evil.example\" <a@acme.example>", u"acme.example"_s);
    row("a@acme.example (b@evil.example)", u"acme.example"_s);
    row("\"x, y\" <a@acme.example>", u"acme.example"_s);
    row("a@acme.example, b@acme.example", u"acme.example"_s);
    row("a@acme.example, b@other.example", QString());
    row("a@b\303\274cher.example", u"xn--bcher-kva.example"_s);
    row("a@acme.example,", u"acme.example"_s);
    row("nobody", QString());
    row("", QString());
}

void TestDkimSignature::findsTheAuthor()
{
    QFETCH(QByteArray, from);
    QTEST(authorDomain(from), "domain");
}

// A header without a body may end without a line end.
void TestDkimSignature::endsEveryField_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("last");
    QTest::newRow("with a line end") << QByteArray("A: b\r\nC: d\r\n") << QByteArray("C: d\r\n");
    QTest::newRow("without") << QByteArray("A: b\r\nC: d") << QByteArray("C: d\r\n");
    QTest::newRow("folded") << QByteArray("A: b\r\nC: d\r\n e\r\n") << QByteArray("C: d\r\n e\r\n");
    QTest::newRow("folded, without") << QByteArray("A: b\r\nC: d\r\n e") << QByteArray("C: d\r\n e\r\n");
}

void TestDkimSignature::endsEveryField()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, last);
    const auto message = parseMessage(text);
    QVERIFY(message.has_value());
    QCOMPARE(message->fields.size(), size_t(2));
    QCOMPARE(message->fields.back().raw, last);
}

void TestDkimSignature::refusesWhatIsNoMessage_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("prose") << QByteArray("Hello, this is only the text of it.\r\nBye\r\n");
    QTest::newRow("starts with a folded line") << QByteArray(" folded\r\nSubject: x\r\n");
    QTest::newRow("only an empty line") << QByteArray("\r\nbody");
    QTest::newRow("header of more than 1 MB") << QByteArray("A: b\r\n").repeated(200000);
    QTest::newRow("one line of more than 1 MB") << "A: " + QByteArray(2000000, 'x');
    QTest::newRow("more than 25 MB") << "A: b\r\n\r\n" + QByteArray(kLargestMessage, 'x');
}

void TestDkimSignature::refusesWhatIsNoMessage()
{
    QFETCH(QByteArray, text);
    const auto message = parseMessage(text);
    QVERIFY(!message);
    QVERIFY(!message.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(TestDkimSignature)
#include "tst_dkimsignature.moc"
