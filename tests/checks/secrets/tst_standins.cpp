// The words that stand for a secret: the program's own list can be read, and a list that says something else than its
// form allows is refused with its place.
#include "checks/secrets/standins.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QByteArray own()
{
    QFile file(u":/rules/stand-ins.json"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestStandIns : public QObject
{
    Q_OBJECT

private slots:
    void readsItsOwn()
    {
        const auto read = parseStandIns(own());
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QVERIFY(read->words.size() > 60);
        const auto word = std::ranges::find(read->words, "todo", &StandIn::word);
        QVERIFY(word != read->words.end());
        QCOMPARE(word->inSecret, Fit::Word);
        QCOMPARE(word->inSetting, Fit::Whole);
        QVERIFY(!read->noValues.empty() && !read->noHosts.empty() && !read->ownMachine.empty());
        // As they are: a sample in other letters is another value.
        QVERIFY(std::ranges::find(read->knownSamples, "2YotnFZFEjr1zCsicMWpAA") != read->knownSamples.end());
        QCOMPARE(standIns().words.size(), read->words.size());
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value"); // of the first group, or of the document; undefined: it is taken away
        QTest::addColumn<bool>("isOfGroup");
        const QJsonValue gone(QJsonValue::Undefined);
        const auto group = [](const char *name, const QString &member, const QJsonValue &value) {
            QTest::newRow(name) << member << value << true;
        };
        const auto document = [](const char *name, const QString &member, const QJsonValue &value) {
            QTest::newRow(name) << member << value << false;
        };
        group("a fit that is not known", u"in_secret"_s, u"somewhere"_s);
        group("no fit", u"in_setting"_s, gone);
        group("no words", u"words"_s, QJsonArray{});
        group("a word twice", u"words"_s, QJsonArray{u"changeme"_s, u"changeme"_s});
        group("a word of another group", u"words"_s, QJsonArray{u"todo"_s});
        group("a member that is not known", u"colour"_s, u"red"_s);
        group("nothing about it", u"about"_s, gone);
        document("no schema", u"schema"_s, gone);
        document("no samples", u"known_samples"_s, gone);
        document("samples that are no list", u"known_samples"_s, u"x"_s);
        document("more than there is", u"more"_s, 1);
    }

    void refuses()
    {
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QFETCH(bool, isOfGroup);
        QJsonObject file = QJsonDocument::fromJson(own()).object();
        QJsonArray groups = file["stand_ins"_L1].toArray();
        QJsonObject changed = isOfGroup ? groups[0].toObject() : file;
        if (value.isUndefined())
            changed.remove(member);
        else
            changed.insert(member, value);
        if (isOfGroup) {
            groups[0] = changed;
            file.insert(u"stand_ins"_s, groups);
        } else {
            file = changed;
        }
        const auto read = parseStandIns(QJsonDocument(file).toJson());
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::BadInput);
        QVERIFY2(read.error().message.contains(member), qPrintable(read.error().message));
    }
};

QTEST_GUILESS_MAIN(TestStandIns)
#include "tst_standins.moc"
